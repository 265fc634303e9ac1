package kindling.prep.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files are input at all, by globs on their paths, also inside archives: {@code **} is any characters, {@code *} any
 * but {@code /}, {@code ?} one but {@code /}, <code>{a,b}</code> either. {@code **.html} matches
 * {@code a.zip!/x/y.html}.
 *
 * @param include when not empty, what matches none of these is no input; archives are opened all the same
 * @param exclude what matches one of these is no input; archives that do are not opened
 */
public record PathFilter(List<String> include, List<String> exclude) implements Serializable {
    private static final int MAX_CHOICES = 1000; // of braces in one glob

    /** @throws IllegalArgumentException naming a glob whose braces cannot be understood */
    public PathFilter {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        include.forEach(PathFilter::choices);
        exclude.forEach(PathFilter::choices);
    }

    /** With comma lists of globs; commas in braces belong to their glob. */
    public static PathFilter of(List<String> includeLists, List<String> excludeLists) {
        return new PathFilter(globs(includeLists), globs(excludeLists));
    }

    private static List<String> globs(List<String> lists) {
        return lists.stream()
                .flatMap(list -> Pattern.compile(",(?![^{}]*})").splitAsStream(list))
                .filter(glob -> !glob.isEmpty())
                .toList();
    }

    /** Everything is input. */
    public static PathFilter everything() {
        return new PathFilter(List.of(), List.of());
    }

    boolean excludes(String path) {
        return exclude.stream().anyMatch(glob -> matches(glob, path));
    }

    boolean includes(String path) {
        return include.isEmpty() || include.stream().anyMatch(glob -> matches(glob, path));
    }

    static boolean matches(String glob, String path) {
        return choices(glob).stream().anyMatch(choice -> matchesChoice(choice, path));
    }

    /** The globs without braces that a glob stands for. */
    private static List<String> choices(String glob) {
        int open = glob.lastIndexOf('{');
        if (open < 0) {
            return List.of(glob);
        }
        int close = glob.indexOf('}', open);
        if (close < 0) {
            throw new IllegalArgumentException("glob '" + glob + "' has a { without }");
        }
        List<String> choices = new ArrayList<>();
        for (String choice : glob.substring(open + 1, close).split(",", -1)) {
            choices.addAll(choices(glob.substring(0, open) + choice + glob.substring(close + 1)));
        }
        if (choices.size() > MAX_CHOICES) {
            throw new IllegalArgumentException("glob '" + glob + "' has more than " + MAX_CHOICES + " choices");
        }
        return choices;
    }

    /** Thompson's simulation: which beginnings of the glob match the path so far; linear in both. */
    private static boolean matchesChoice(String glob, String path) {
        boolean[] matched = new boolean[glob.length() + 1];
        matched[0] = true;
        passStars(glob, matched);
        for (int i = 0; i < path.length(); i++) {
            matched = next(glob, matched, path.charAt(i));
        }
        return matched[glob.length()];
    }

    private static boolean[] next(String glob, boolean[] matched, char c) {
        boolean[] next = new boolean[matched.length];
        for (int g = 0; g < glob.length(); g++) {
            char wanted = glob.charAt(g);
            boolean star = wanted == '*';
            if (matched[g] && (star ? c != '/' || isDouble(glob, g) : wanted == c || (wanted == '?' && c != '/'))) {
                next[star ? g : g + 1] = true;
            }
        }
        passStars(glob, next);
        return next;
    }

    private static boolean isDouble(String glob, int star) {
        return (star + 1 < glob.length() && glob.charAt(star + 1) == '*') || (star > 0 && glob.charAt(star - 1) == '*');
    }

    /** A star also matches nothing. */
    private static void passStars(String glob, boolean[] matched) {
        for (int g = 0; g < glob.length(); g++) {
            matched[g + 1] |= matched[g] && glob.charAt(g) == '*';
        }
    }
}
