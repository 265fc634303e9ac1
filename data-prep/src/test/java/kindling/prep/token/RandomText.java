package kindling.prep.token;

import java.util.Random;

/** Random texts: characters of all planes, and bits of text that tokenizers treat in ways of their own. */
final class RandomText {
    private static final String[] BITS = {
        " ",
        "  ",
        "   ",
        "\n",
        "\n\n",
        "\t",
        "\r\n",
        "a",
        "the",
        "Hello",
        " world",
        "cat",
        "HELLO",
        " xyz",
        "'s",
        "'LL",
        "'ve",
        "123",
        "4567",
        "é",
        "e\u0301",
        "中文",
        "ひら",
        "한국",
        "😀",
        "👩‍🚀",
        "▁",
        "▁▁",
        "<0x0A>",
        "<unk>",
        "<s>",
        "</s>",
        "<|endoftext|>",
        "\u00A0",
        "\u3000",
        "\u2028",
        "!?",
        "/",
        "--",
        "ǅ",
        "ſ",
        "'ſ",
        "İ",
        "Σ",
        "ﬁ",
        "Ⅷ",
        "½",
        "٣",
        "𝟙",
        "\u200D",
        "\0",
        "\uFEFF",
        "<tool>",
        "<tool>s",
        "[L]",
        "[R]",
        "[LR]",
        "word",
        "Norm ",
        "norm",
        "Œnit",
        "{L}",
        "{R}",
        "{LR}",
        "bos",
        "Spec ",
        "spec",
        "œ",
        "\uFFFD",
    };

    private final Random random;

    RandomText(long seed) {
        random = new Random(seed);
    }

    String next() {
        StringBuilder text = new StringBuilder();
        int alphabet = random.nextBoolean() ? 0x3000 : Character.MAX_CODE_POINT + 1;
        for (int n = random.nextInt(20); n > 0; n--) {
            if (random.nextInt(4) > 0) {
                text.append(BITS[random.nextInt(BITS.length)]);
            } else {
                text.appendCodePoint(assigned(alphabet));
            }
        }
        return text.toString();
    }

    /** A character that this JDK's Unicode knows: later ones may be letters for one side and nothing for the other. */
    private int assigned(int alphabet) {
        int point;
        do {
            point = random.nextInt(alphabet);
        } while (Character.getType(point) == Character.SURROGATE || Character.getType(point) == Character.UNASSIGNED);
        return point;
    }
}
