package kindling.prep.bpe;

import java.util.Random;

/** Texts over few characters of many kinds, so that words, runs, ties and overlapping pairs come again. */
final class RandomText {
    private static final String[] CHARACTERS = {
        "a", "b", "a", "B", "é", "e\u0301", "中", "😀", "1", "2", " ", " ", " ", "\n", "'", "'s", "'LL", "!", "/",
        "\u00A0"
    };

    private RandomText() {}

    static String of(Random random, int characters) {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < characters; n++) {
            text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }
}
