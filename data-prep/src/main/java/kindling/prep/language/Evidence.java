package kindling.prep.language;

import java.util.ArrayList;
import java.util.List;

/**
 * The letters of a text, sorted by script: words of shared alphabets, in windows of a few lines, and the number of letters of the
 * scripts that only one language uses.
 */
final class Evidence {
    private static final int WINDOW = 150; // letters: about two lines, the least that tells neighbours apart well
    private static final int LONGEST_WINDOW = 2 * WINDOW; // where no word ends

    private final StringBuilder[] open = new StringBuilder[Alphabet.values().length];
    private final List<Window> windows = new ArrayList<>();
    private final int[] soleLetters = new int[Scripts.count()];
    private int inWord = Scripts.NONE;

    /** A stretch of a text in one alphabet: words in lower case, a blank after each. */
    record Window(Alphabet alphabet, CharSequence words) {
        int letters() {
            return (int) words.chars().filter(c -> c != ' ').count();
        }
    }

    /** The next letter of a word, in lower case. */
    void letter(byte script, char letter) {
        if (script == Scripts.MARK) {
            return;
        }
        if (script != inWord) {
            endWord();
        }
        if (Scripts.isAlphabet(script)) {
            inWord = script;
            append(Scripts.alphabet(script), letter);
        } else {
            soleLetters[script]++;
        }
    }

    private void append(Alphabet alphabet, char letter) {
        StringBuilder words = open[alphabet.ordinal()];
        if (words == null || words.length() >= LONGEST_WINDOW) {
            close(alphabet);
            words = open[alphabet.ordinal()] = new StringBuilder(LONGEST_WINDOW);
        }
        words.append(letter);
    }

    void endWord() {
        if (inWord != Scripts.NONE) {
            Alphabet alphabet = Scripts.alphabet((byte) inWord);
            StringBuilder words = open[alphabet.ordinal()].append(' ');
            if (words.length() >= WINDOW) {
                close(alphabet);
            }
            inWord = Scripts.NONE;
        }
    }

    private void close(Alphabet alphabet) {
        if (open[alphabet.ordinal()] != null) {
            windows.add(new Window(alphabet, open[alphabet.ordinal()]));
            open[alphabet.ordinal()] = null;
        }
    }

    /** After the last word. */
    List<Window> windows() {
        for (Alphabet alphabet : Alphabet.values()) {
            close(alphabet);
        }
        return windows;
    }

    /** How many letters there are of a script that only one language uses. */
    int soleLetters(byte script) {
        return soleLetters[script];
    }
}
