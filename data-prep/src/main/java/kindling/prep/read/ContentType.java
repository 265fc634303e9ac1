package kindling.prep.read;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.netpreserve.jwarc.MediaType;

/**
 * The value of a Content-Type header.
 *
 * @param name in lower case, such as {@code text/html}; "" when nothing was declared, {@code unknown} when no type was
 * @param charset as declared, or ""
 */
record ContentType(String name, String charset) {
    private static final ContentType NONE = new ContentType("", "");
    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,96}");

    static ContentType of(String header) {
        if (header.isBlank()) {
            return NONE;
        }
        Matcher name = NAME.matcher(header.strip().toLowerCase(Locale.ROOT));
        return new ContentType(name.lookingAt() ? name.group() : "unknown", charset(header.strip()));
    }

    private static String charset(String header) {
        try {
            return MediaType.parseLeniently(header).parameters().getOrDefault("charset", "");
        } catch (RuntimeException e) {
            return ""; // not as lenient as it says
        }
    }

    boolean isHtml() {
        return name.equals("text/html") || name.equals("application/xhtml+xml");
    }

    boolean isPlainText() {
        return name.equals("text/plain");
    }

    boolean isDeclared() {
        return !name.isEmpty();
    }
}
