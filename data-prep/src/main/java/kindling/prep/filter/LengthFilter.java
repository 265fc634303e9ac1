package kindling.prep.filter;

import kindling.prep.Document;
import kindling.prep.Verdict;

/** Drops scraps and dumps by their length in characters (Unicode code points). */
final class LengthFilter implements Filter {
    private static final int MIN_CHARACTERS = 200; // some 30 words: less is a label, a stub or an error message
    private static final int MAX_CHARACTERS = 10_000_000; // the longest novels have 5 million

    @Override
    public String name() {
        return "length";
    }

    @Override
    public Verdict judge(Document document) {
        int characters = document.text().codePointCount(0, document.text().length());
        return Limit.first(
                Limit.atLeast(MIN_CHARACTERS, characters, "length_too_short"),
                Limit.atMost(MAX_CHARACTERS, characters, "length_too_long"));
    }
}
