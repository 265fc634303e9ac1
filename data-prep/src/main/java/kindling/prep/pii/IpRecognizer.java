package kindling.prep.pii;

import java.util.Locale;
import java.util.Set;

/**
 * Internet addresses: IPv4 in four decimal octets, IPv6 in every form of RFC 4291 section 2.2 ({@code ::}, embedded IPv4), with a prefix length or
 * zone where one follows. Version numbers, object identifiers and section numbers are told apart by what stands around them.
 */
final class IpRecognizer implements Recognizer {
    static final String TYPE = "IP";

    private static final double SURE = 0.6;
    private static final double WITH_CONTEXT = 0.95;
    /** The longest IPv6 address with embedded IPv4 has 45 characters. */
    private static final int MAX_ADDRESS = 45;

    private static final Set<String> WORDS = Context.words("""
            ip ipv address addr host server client dns subnet network gateway router ping proxy localhost firewall port
            """);
    private static final Set<String> NOT_ADDRESSES = Context.words("""
            version versions ver v since release releases build revision update upgrade upgraded jdk java jre section sections
            chapter clause jls jvms oid paragraph figure table firmware driver
            """);

    private final boolean privateRanges;

    /** @param privateRanges whether addresses that only mean something inside one network count as well: RFC 1918, loopback, link-local */
    IpRecognizer(boolean privateRanges) {
        this.privateRanges = privateRanges;
    }

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(String text, Found found) {
        int i = 0;
        while (i < text.length()) {
            if (!isAddressCharacter(text.charAt(i)) || text.charAt(i) == '.') {
                i++;
                continue;
            }
            int end = endOfRun(text, i);
            boolean afterColon = text.charAt(i) == ':' && !text.startsWith("::", i); // "IP:10.0.0.1"
            if (afterColon) {
                recognize(text, i + 1, end, found);
            } else if (!Context.isWordAt(text, i - 1)) {
                recognize(text, i, end, found);
            }
            i = end;
        }
    }

    private void recognize(String text, int start, int runEnd, Found found) {
        int end = withoutPunctuation(text, start, runEnd);
        if (end - start > MAX_ADDRESS || goesOn(text, end)) {
            return;
        }
        String run = text.substring(start, end);
        int colon = run.indexOf(':');
        boolean v6 = colon >= 0 && isV6(run);
        if (colon > 0 && !v6 && isPort(run, colon + 1)) {
            end = start + colon;
            run = run.substring(0, colon);
        }
        if (!privateRanges && (v6 ? isPrivateV6(run) : isPrivateV4(run))) {
            return;
        }
        if (v6 || (isV4(run) && !isVersion(text, start))) {
            end = prefixEnd(text, v6 ? zoneEnd(text, end) : end, v6 ? 128 : 32);
            found.add(TYPE, start, end, Context.before(text, start, 3, WORDS) ? WITH_CONTEXT : SURE);
        }
    }

    private static boolean isAddressCharacter(char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == ':' || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static int endOfRun(String text, int from) {
        int end = from;
        while (end < text.length() && isAddressCharacter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** A full stop or a colon that ends a sentence, and not a {@code ::}. */
    private static int withoutPunctuation(String text, int start, int end) {
        int trimmed = end;
        while (trimmed > start && text.charAt(trimmed - 1) == '.') {
            trimmed--;
        }
        boolean colon = trimmed > start + 1 && text.charAt(trimmed - 1) == ':' && text.charAt(trimmed - 2) != ':';
        return colon ? trimmed - 1 : trimmed;
    }

    /** Whether the run is only the start of a longer word or number. */
    private static boolean goesOn(String text, int end) {
        char next = end < text.length() ? text.charAt(end) : ' ';
        boolean joined = next == '.' || next == '-';
        return Context.isWordAt(text, end) || (joined && Context.isWordAt(text, end + 1));
    }

    private static boolean isPort(String run, int from) {
        return from < run.length()
                && run.length() - from <= 5
                && run.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
    }

    /** Four numbers up to 255 without leading zeros. */
    static boolean isV4(String run) {
        String[] octets = run.split("\\.", 6);
        if (octets.length != 4) {
            return false;
        }
        for (String octet : octets) {
            if (!isNumber(octet) || Integer.parseInt(octet) > 255) {
                return false;
            }
        }
        return true;
    }

    /** One to three digits without a leading zero. */
    private static boolean isNumber(String octet) {
        boolean sized = !octet.isEmpty() && octet.length() <= 3 && (octet.length() == 1 || octet.charAt(0) != '0');
        return sized && octet.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** This network (RFC 1122), private (RFC 1918), shared (RFC 6598), loopback, link-local (RFC 3927). */
    private static boolean isPrivateV4(String run) {
        if (!isV4(run)) {
            return false;
        }
        String[] octets = run.split("\\.", 4);
        int first = Integer.parseInt(octets[0]);
        int second = Integer.parseInt(octets[1]);
        return first == 0
                || first == 10
                || first == 127
                || (first == 100 && second >= 64 && second < 128)
                || (first == 169 && second == 254)
                || (first == 172 && second >= 16 && second < 32)
                || (first == 192 && second == 168);
    }

    /** Unspecified and loopback (RFC 4291), unique local (RFC 4193), link-local. */
    private static boolean isPrivateV6(String run) {
        String lower = run.toLowerCase(Locale.ROOT);
        boolean local = lower.startsWith("fc") || lower.startsWith("fd");
        boolean link = lower.startsWith("fe") && lower.length() > 2 && "89ab".indexOf(lower.charAt(2)) >= 0;
        boolean wide = lower.indexOf(':') == 4;
        return (wide && (local || link)) || lower.equals("::") || lower.equals("::1");
    }

    private static boolean isVersion(String text, int start) {
        char before = start > 0 ? text.charAt(start - 1) : ' ';
        boolean joined = before == '§' || (before == '-' && Context.isWordAt(text, start - 2));
        return joined || Context.before(text, start, 2, NOT_ADDRESSES);
    }

    /** Eight groups, or fewer around one {@code ::}; the last two may be an IPv4 address. With {@code ::} a digit is asked for: {@code A::B} is code. */
    private static boolean isV6(String run) {
        int gap = run.indexOf("::");
        if (gap < 0) {
            return groups(run, true) == 8;
        }
        if (run.indexOf("::", gap + 1) >= 0 || run.chars().noneMatch(Character::isDigit)) {
            return false;
        }
        int left = groups(run.substring(0, gap), false);
        int right = groups(run.substring(gap + 2), true);
        return left >= 0 && right >= 0 && left + right <= 7;
    }

    /** Number of 16-bit groups, 0 for nothing, -1 where something else stands. */
    private static int groups(String part, boolean mayEndInV4) {
        if (part.isEmpty()) {
            return 0;
        }
        String[] groups = part.split(":", 10);
        int count = groups.length;
        for (int i = 0; i < groups.length; i++) {
            if (mayEndInV4 && i == groups.length - 1 && isV4(groups[i])) {
                count++;
            } else if (groups[i].isEmpty()
                    || groups[i].length() > 4
                    || groups[i].indexOf('.') >= 0) { // the run has only hexadecimal digits
                return -1;
            }
        }
        return count;
    }

    /** The end of {@code %eth0}, RFC 4007. */
    private static int zoneEnd(String text, int end) {
        int zone = end + 1;
        while (end < text.length() && text.charAt(end) == '%' && zone - end <= 16 && Context.isWordAt(text, zone)) {
            zone++;
        }
        return zone > end + 1 ? zone : end;
    }

    /** The end of {@code /24}, RFC 4632. */
    private static int prefixEnd(String text, int end, int longest) {
        int digits = end + 1;
        while (end < text.length() && text.charAt(end) == '/' && digits - end <= 3 && Context.isDigitAt(text, digits)) {
            digits++;
        }
        boolean length = digits > end + 1 && Integer.parseInt(text, end + 1, digits, 10) <= longest;
        boolean path = Context.isWordAt(text, digits) || (digits < text.length() && text.charAt(digits) == '/');
        return length && !path ? digits : end;
    }
}
