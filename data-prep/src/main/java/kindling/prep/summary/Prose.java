package kindling.prep.summary;

import java.util.List;
import java.util.Locale;
import kindling.prep.sentence.Sentences;
import kindling.prep.sentence.Words;

/**
 * Tells sentences that say something about the subject from the lines around them: headings, declarations, lists of
 * names, code, page furniture.
 */
final class Prose {
    private static final int FEWEST_WORDS = 4;
    private static final int MOST_WORDS = 100; // a longer "sentence" is a table or a list that lost its breaks
    private static final double FEWEST_LETTERS = 0.7; // share of letters and spaces; code and formulas lie below
    private static final int NESTING = 2; // braces or semicolons allowed, as in "the method f(); see g();"

    private static final int LONGEST_NAME = 3; // characters of a type parameter such as T or OUT
    private static final String AS_OF = "as of ";

    /** How sentences begin that speak about the page and not about its subject; lower case. */
    private static final List<String> FURNITURE = List.of(
            "all implemented interfaces:",
            "all known",
            "all rights reserved",
            "all superinterfaces:",
            "author:",
            "copyright (c)",
            "copyright ©",
            "deprecated",
            "direct known",
            "direct sub",
            "enclosing class:",
            "fields inherited",
            "for other uses",
            "from wikipedia",
            "functional interface:",
            "javascript is disabled",
            "jump to",
            "methods inherited",
            "nested classes/interfaces inherited",
            "not to be confused with",
            "please enable",
            "see also:",
            "see the ",
            "since:",
            "skip navigation",
            "skip to",
            "this article is about",
            "this article needs",
            "this is a functional interface",
            "this page is about",
            "todo ",
            "type parameters:",
            "version:",
            "we use cookies");

    private Prose() {}

    /** At least {@value #FEWEST_WORDS} words, mostly letters, ends with a sentence's mark, is not page furniture. */
    static boolean isSentence(String line) {
        int words = Words.length(line);
        return words >= FEWEST_WORDS
                && words <= MOST_WORDS
                && isEnded(line)
                && isMostlyLetters(line)
                && !isFurniture(line);
    }

    private static boolean isEnded(String line) {
        int end = line.length();
        while (end > 0 && Sentences.isCloser(line.charAt(end - 1))) {
            end--;
        }
        return end > 0 && Sentences.isTerminator(line.charAt(end - 1));
    }

    private static boolean isMostlyLetters(String line) {
        int letters = 0;
        int nesting = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            letters += Character.isLetter(c) || c == ' ' ? 1 : 0;
            nesting += c == '{' || c == ';' ? 1 : 0;
        }
        return letters >= FEWEST_LETTERS * line.length() && nesting <= NESTING;
    }

    private static boolean isFurniture(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return FURNITURE.stream().anyMatch(lower::startsWith) || isDefinition(line) || isVersionNote(lower);
    }

    /** "T - the type of the elements": a name too short for the place name that opens a news report. */
    private static boolean isDefinition(String line) {
        int dash = line.indexOf(" - ");
        int space = line.indexOf(' ');
        return dash >= 0 && dash == space && (dash <= LONGEST_NAME || Character.isLowerCase(line.codePointAt(0)));
    }

    /** "As of 3.6, use ... instead." */
    private static boolean isVersionNote(String lower) {
        return lower.length() > AS_OF.length()
                && lower.startsWith(AS_OF)
                && Character.isDigit(lower.charAt(AS_OF.length()));
    }
}
