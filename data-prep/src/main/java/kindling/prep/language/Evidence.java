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

    /** By script; null where no window is open. */
    private final StringBuilder[] open = new StringBuilder[Scripts.count()];

    private final List<Window> windows = new ArrayList<>();
    private final int[] soleLetters = new int[Scripts.count()];
    private byte inWord = Scripts.NONE;

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
            append(script, letter);
        } else {
            soleLetters[script]++;
        }
    }

    private void append(byte alphabet, char letter) {
        if (open[alphabet] != null && open[alphabet].length() >= LONGEST_WINDOW) {
            close(alphabet);
        }
        if (open[alphabet] == null) {
            open[alphabet] = new StringBuilder(LONGEST_WINDOW);
        }
        open[alphabet].append(letter);
    }

    void endWord() {
        if (inWord != Scripts.NONE) {
            open[inWord].append(' ');
            if (open[inWord].length() >= WINDOW) {
                close(inWord);
            }
            inWord = Scripts.NONE;
        }
    }

    private void close(byte alphabet) {
        windows.add(new Window(Scripts.alphabet(alphabet), open[alphabet]));
        open[alphabet] = null;
    }

    /** After the last word. */
    List<Window> windows() {
        for (byte script = 0; script < open.length; script++) {
            if (open[script] != null) {
                close(script);
            }
        }
        return windows;
    }

    /** How many letters there are of a script that only one language uses. */
    int soleLetters(byte script) {
        return soleLetters[script];
    }
}
