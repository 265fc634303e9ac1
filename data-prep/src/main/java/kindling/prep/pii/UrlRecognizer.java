package kindling.prep.pii;

import java.util.Locale;
import java.util.Set;

/**
 * Internet addresses of documents: {@code scheme://host/…} (RFC 3986), {@code www.…}, and bare {@link DomainName domain names} with what follows
 * them.
 *
 * <p>The span ends before white space, quotes, a bracket that was not opened inside, and the punctuation of a sentence. An address that carries a
 * password, token, key or signature is sure to be private; an ordinary one is public as a rule and scores lower.
 */
final class UrlRecognizer implements Recognizer {
    static final String TYPE = "URL";

    private static final double SECRET = 1.0;
    private static final double ORDINARY = 0.6;
    private static final double BARE = 0.5;

    private static final int MAX_SCHEME = 20;
    private static final int MAX_AUTHORITY = 512; // user, password, host, port

    /** What ends an address wherever it stands; besides white space, control characters and scripts without spaces. */
    private static final String ENDS = "\"<>`{}|\\^\u00AB\u00BB\u2018\u2019\u201C\u201D\u201E\u2026";

    private static final String PUNCTUATION = ".,;:!?'*_~&-";

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(String text, Found found) {
        int free = 0; // what is left of this is used or looked at
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = i;
            if (c == ':' && text.startsWith("//", i + 1)) {
                end = withScheme(text, i, free, found);
            } else if (c == '.' && i > free && Context.isWordAt(text, i + 1)) {
                end = bare(text, i, free, found);
            }
            free = end > i ? end : free;
            i = Math.max(i + 1, end);
        }
    }

    /** Host names do not depend on case, and neither does the scheme. */
    @Override
    public String canonical(String value) {
        int path = value.indexOf('/', value.indexOf("://") + 3);
        int hostEnd = path < 0 ? value.length() : path;
        return value.substring(0, hostEnd).toLowerCase(Locale.ROOT) + value.substring(hostEnd);
    }

    /** The end of the address whose {@code ://} stands here; the place itself where there is none. */
    private static int withScheme(String text, int colon, int free, Found found) {
        int start = colon;
        while (start > Math.max(free, colon - MAX_SCHEME) && isScheme(text.charAt(start - 1))) {
            start--;
        }
        int host = colon + 3;
        int authority = authorityEnd(text, host);
        if (start == colon || !Character.isLetter(text.charAt(start)) || Context.isSpacedWordAt(text, start - 1)) {
            return colon;
        }
        int end = end(text, host);
        if (!isAuthority(text, host, Math.min(authority, end), end)) {
            return colon;
        }
        boolean password = hasPassword(text, host, Math.min(authority, end));
        found.add(TYPE, start, end, password || UrlSecrets.in(text, authority, end) ? SECRET : ORDINARY);
        return end;
    }

    /** The end of the domain name around this dot, with what follows it, or of what only looks like one. */
    private static int bare(String text, int dot, int free, Found found) {
        DomainName name = DomainName.around(text, dot, free);
        if (!name.isAddress()) {
            return name.runEnd();
        }
        boolean goesOn = ":/?#".indexOf(name.next()) >= 0;
        int end = goesOn ? Math.max(name.end(), end(text, name.end())) : name.end();
        double score = UrlSecrets.in(text, name.end(), end) ? SECRET : name.startsWithWww() ? ORDINARY : BARE;
        found.add(TYPE, name.start(), end, score);
        return Math.max(end, name.runEnd());
    }

    private static boolean isScheme(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+';
    }

    private static int authorityEnd(String text, int from) {
        int limit = Math.min(text.length(), from + MAX_AUTHORITY);
        int i = from;
        while (i < limit && "/?#".indexOf(text.charAt(i)) < 0 && !endsAddress(text, i)) {
            i++;
        }
        return i;
    }

    /** A name with a dot, an IPv6 address in brackets, or one word with a port, a user or a path. */
    private static boolean isAuthority(String text, int from, int to, int end) {
        boolean word = Context.isWordAt(text, from) || (to > from && text.charAt(from) == '[');
        int signs = 0;
        for (int i = from; i < to - 1; i++) {
            signs += ".:@[".indexOf(text.charAt(i)) >= 0 ? 1 : 0;
        }
        return word && (signs > 0 || end > to + 1);
    }

    private static boolean hasPassword(String text, int from, int to) {
        int colon = -1;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            colon = c == ':' && colon < 0 ? i : colon;
            if (c == '@') {
                return colon > from && colon + 1 < i;
            }
        }
        return false;
    }

    /** Where an address that goes on from here ends. */
    private static int end(String text, int from) {
        int round = 0;
        int square = 0;
        int i = from;
        for (; i < text.length() && !endsAddress(text, i); i++) {
            char c = text.charAt(i);
            round += c == '(' ? 1 : c == ')' ? -1 : 0;
            square += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (round < 0 || square < 0) {
                break;
            }
        }
        while (i > from && PUNCTUATION.indexOf(text.charAt(i - 1)) >= 0) {
            i--;
        }
        return i;
    }

    /** Whether the sign here is part of no address: also escaped quotes, and the next address of a list. */
    private static boolean endsAddress(String text, int i) {
        char c = text.charAt(i);
        if (c < 0x80) {
            return c <= ' '
                    || c == 0x7F
                    || ENDS.indexOf(c) >= 0
                    || (c == '&' && isEscape(text, i))
                    || ((c == ',' || c == ';') && text.startsWith("http", i + 1));
        }
        return ENDS.indexOf(c) >= 0
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Context.isUnspaced(c)
                || (c >= 0x3000 && c <= 0x303F) // punctuation of East Asia
                || (c >= 0xFF00 && c <= 0xFFEF);
    }

    /** Whether a quote or an angle bracket stands here as HTML has it. */
    private static boolean isEscape(String text, int i) {
        return text.startsWith("quot;", i + 1) || text.startsWith("lt;", i + 1) || text.startsWith("gt;", i + 1);
    }
}
