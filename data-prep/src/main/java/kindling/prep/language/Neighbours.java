package kindling.prep.language;

import java.util.List;

/**
 * Languages of the Latin alphabet that share most of their runs of three letters: between them, runs of four decide.
 *
 * <p>To add further ones, add a line here and their files to the application jar in jobs/pom.xml: a language costs about 2.5 MB
 * of memory and 0.4 MB of jar.
 */
enum Neighbours {
    SCANDINAVIAN("da nb nn sv"),
    SOUTH_SLAVIC("bs hr sl sr"),
    WEST_SLAVIC("cs sk"),
    MALAY("id ms"),
    DUTCH("af nl"),
    NGUNI("xh zu");

    private final String codes;

    Neighbours(String codes) {
        this.codes = codes;
    }

    /** ISO 639-1. */
    List<String> codes() {
        return List.of(codes.split(" ", -1));
    }
}
