package kindling.prep.pii;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A domain name in running text, told apart from file names, code and sentences without a space after the full stop.
 *
 * <p>Top-level domains are the country codes of ISO 3166-1, which the Java platform knows, and a list of generic ones in wide use. Many of them are
 * also English words or file suffixes ({@code end.it}, {@code foo.py}, {@code obj.name}): those count only under {@code www.}, before a path, with
 * three labels that read like a host, or after a word such as "website".
 */
final class DomainName {
    private static final int MAX_NAME = 253; // RFC 1035, 2.3.4, less the root
    private static final int MAX_LABEL = 63;

    /** Of RFC 1591 and of 2000 on; no words of English prose or code. */
    private static final Set<String> GENERIC = Context.words("""
            com org net edu gov mil biz info int name pro mobi jobs travel museum aero coop asia eu uk su ac
            app dev online shop site store tech xyz blog cloud club life live news today world website space agency digital media network email
            solutions services systems software group global company design studio photography academy center community education events
            finance fund health international institute marketing support technology tools training ventures webcam wiki work zone london
            berlin paris nyc tokyo amsterdam wien hamburg bayern koeln рф укр срб бел vip top win icu page link click one fun pub law art
            """);
    /** Those that are also words, members of objects or suffixes of files. */
    private static final Set<String> AMBIGUOUS = Context.words("""
            info int name pro mobi jobs travel museum coop app dev online shop site store tech blog cloud club life live news today world
            website space agency digital media network email solutions services systems software group global company design studio photography
            academy center community education events finance fund health international institute marketing support technology tools training
            ventures wiki work zone top win page link click one fun pub law art vip icu
            ac ad ai am as at ba be bo br by cc cd cf ch co cr de di do dz es et fm ga gs gz hr id im in io is it je ki la li lu ly ma md me
            mk ml mm mo ms mu my nc no nu pa pe ph pl pm pn pr ps pt py qa re rs sa sb sc se sh si sk sl sm so st su sv tc td tf th to tr tt
            tv ua us va ve vi vu ws
            """);
    /** What reads like a package or a file of code starts with. */
    private static final Set<String> REVERSED =
            Context.words("com org net edu gov java javax jakarta kotlin scala android io self this");

    private static final Set<String> WORDS = Context.words("""
            website websites web site sites url urls link links domain domains homepage webpage internet online visit www host hosted browse
            webseite internetseite besuchen besuchet adresse lien sitio página visite visitez sito
            """);

    private static final Set<String> TOP_LEVEL = topLevel();

    private final String text;
    private final int start;
    private final int end;
    private final int runEnd;

    private DomainName(String text, int start, int end, int runEnd) {
        this.text = text;
        this.start = start;
        this.end = end;
        this.runEnd = runEnd;
    }

    /** What stands around a dot: letters, digits, dots and dashes, but nothing left of {@code free}. */
    static DomainName around(String text, int dot, int free) {
        int start = dot;
        while (start > free && isName(text.charAt(start - 1))) {
            start--;
        }
        int runEnd = dot + 1;
        while (runEnd < text.length() && isName(text.charAt(runEnd))) {
            runEnd++;
        }
        int end = runEnd;
        while (end > dot && !Context.isWordAt(text, end - 1)) {
            end--;
        }
        while (start < end && !Context.isWordAt(text, start)) {
            start++;
        }
        return new DomainName(text, start, end, runEnd).beforeSentence();
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Where to look on: no name starts before. */
    int runEnd() {
        return runEnd;
    }

    /** The character behind the name; a space at the end of the text. */
    char next() {
        return end < text.length() ? text.charAt(end) : ' ';
    }

    boolean startsWithWww() {
        return text.regionMatches(true, start, "www.", 0, 4);
    }

    /** Whether this is a name that people are sent to. */
    boolean isAddress() {
        if (end - start > MAX_NAME || isPartOfOther() || !hasLabels()) {
            return false;
        }
        String[] labels = text.substring(start, end).split("\\.", -1);
        String top = labels[labels.length - 1];
        if (labels.length < 2) {
            return false;
        }
        if (startsWithWww()) {
            return labels.length > 2 && isLetters(top);
        }
        String lower = top.toLowerCase(Locale.ROOT);
        boolean oneCase = top.equals(lower) || isUpper(labels);
        return oneCase
                && TOP_LEVEL.contains(lower)
                && next() != '('
                && !REVERSED.contains(labels[0].toLowerCase(Locale.ROOT))
                && (labels[labels.length - 2].length() > 1 || lower.equals("com"))
                && (!AMBIGUOUS.contains(lower) || isMeant(labels));
    }

    /** The name less labels in capitals that start the next sentence: {@code example.com.It}. */
    private DomainName beforeSentence() {
        int cut = end;
        for (int dot = text.lastIndexOf('.', cut - 1); dot > start; dot = text.lastIndexOf('.', cut - 1)) {
            boolean capital = Character.isUpperCase(text.charAt(dot + 1))
                    && dot + 2 < cut
                    && Character.isLowerCase(text.charAt(dot + 2));
            if (!capital || text.lastIndexOf('.', dot - 1) <= start) {
                break;
            }
            cut = dot;
        }
        return cut == end ? this : new DomainName(text, start, cut, runEnd);
    }

    /** Under a doubtful top-level domain: a path, a word, or three labels in lower case. */
    private boolean isMeant(String[] labels) {
        boolean path = next() == '/' && Context.isWordAt(text, end + 1);
        boolean host = labels.length > 2
                && text.substring(start, end).equals(text.substring(start, end).toLowerCase(Locale.ROOT));
        return path || host || Context.before(text, start, 4, WORDS);
    }

    /** Of a path, a mail address, a variable or an escape. */
    private boolean isPartOfOther() {
        char before = start > 0 ? text.charAt(start - 1) : ' ';
        boolean relative = before == '/' && !(start > 1 && text.charAt(start - 2) == '/');
        return relative || "@\\_$%&~".indexOf(before) >= 0 || next() == '@' || next() == '_';
    }

    private boolean hasLabels() {
        int label = start;
        for (int i = start; i <= end; i++) {
            if (i == end || text.charAt(i) == '.') {
                boolean dashed = i > label && (text.charAt(label) == '-' || text.charAt(i - 1) == '-');
                if (i == label || i - label > MAX_LABEL || dashed) {
                    return false;
                }
                label = i + 1;
            }
        }
        return true;
    }

    private static boolean isName(char c) {
        return c == '.'
                || c == '-'
                || (c < 0x80 ? Character.isLetterOrDigit(c) : Character.isLetter(c) && !Context.isUnspaced(c));
    }

    private static boolean isLetters(String label) {
        boolean puny = label.regionMatches(true, 0, "xn--", 0, 4);
        return label.length() > 1 && (puny || label.chars().allMatch(Character::isLetter));
    }

    /** {@code EXAMPLE.COM}, but not {@code ASP.NET}. */
    private static boolean isUpper(String[] labels) {
        String top = labels[labels.length - 1];
        boolean upper = Arrays.stream(labels).allMatch(label -> label.equals(label.toUpperCase(Locale.ROOT)));
        return upper && !top.equals("NET");
    }

    private static Set<String> topLevel() {
        Set<String> names = new HashSet<>(GENERIC);
        for (String country : Locale.getISOCountries()) {
            names.add(country.toLowerCase(Locale.ROOT));
        }
        return Set.copyOf(names);
    }
}
