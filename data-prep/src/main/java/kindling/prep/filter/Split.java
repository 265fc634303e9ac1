package kindling.prep.filter;

/** The ways in which published code divides a text into lines and paragraphs. */
enum Split {
    /** Lines without the white space at their ends; blank ones left out. */
    LINES {
        @Override
        void split(char[] chars, int length, Parts parts) {
            int start = 0;
            for (int i = 0; i <= length; i++) {
                if (i == length || chars[i] == '\n' || chars[i] == '\r') {
                    addStripped(chars, start, i, parts);
                    start = i + 1;
                }
            }
        }
    },

    /** What empty lines part, without the white space at its ends; blank ones left out. */
    PARAGRAPHS {
        @Override
        void split(char[] chars, int length, Parts parts) {
            int start = 0;
            for (int i = 0; i <= length; i++) {
                if (i == length || chars[i] == '\n' && i + 1 < length && chars[i + 1] == '\n') {
                    addStripped(chars, start, i, parts);
                    start = i + 2;
                    i++;
                }
            }
        }
    };

    abstract void split(char[] chars, int length, Parts parts);

    private static void addStripped(char[] chars, int from, int to, Parts parts) {
        int start = from;
        int end = to;
        while (start < end && Text.isSpace(chars[start])) {
            start++;
        }
        while (start < end && Text.isSpace(chars[end - 1])) {
            end--;
        }
        if (start < end) {
            parts.add(start, end);
        }
    }
}
