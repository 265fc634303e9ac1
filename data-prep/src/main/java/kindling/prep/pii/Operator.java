package kindling.prep.pii;

/** What becomes of personal data; each line shows {@code jane@acme.com} afterwards. */
public enum Operator {
    /** {@code <EMAIL>}. */
    TAG,
    /** {@code *************}: one star for each code point, four at least. */
    MASK,
    /** {@code <EMAIL:5f1d8c0b9a3e7246>}: 64 bits of a keyed hash; the same value and key give the same hash. */
    HASH,
    /**
     * {@code mara.belodrith4821@example.org}: a made-up value of the same type, the same for the same value and key, out of ranges that nobody
     * can have ({@link Pseudonym}).
     */
    PSEUDONYM,
    /** The text stays as it is: whoever asked drops the document. */
    DROP;

    /** Whether it needs a secret. */
    public boolean isKeyed() {
        return this == HASH || this == PSEUDONYM;
    }
}
