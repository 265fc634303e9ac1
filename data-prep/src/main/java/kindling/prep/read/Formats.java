package kindling.prep.read;

import java.util.List;

/** The readers of all formats that are read here, in the order in which they are asked. */
final class Formats {
    // Not in Reader: a class may not make its own subclasses while it is initialised, lest two threads wait for each
    // other.
    static final List<Reader> ALL = List.of(new JsonLinesReader(), new HtmlReader(), new TextReader());

    private Formats() {}
}
