package kindling.prep.names;

/** What a name may be the name of. */
public enum NameType {
    PERSON,
    LOCATION,
    ORG,
    /** A postal address, or a part of one that names no place: house number, street, unit, postcode. */
    ADDRESS
}
