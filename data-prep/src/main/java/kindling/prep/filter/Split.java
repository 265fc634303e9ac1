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
                if (i == length || (chars[i] == '\n' && i + 1 < length && chars[i + 1] == '\n')) {
                    addStripped(chars, start, i, parts);
                    start = i + 2;
                    i++;
                }
            }
        }
    },

    /** All lines, blank ones too. */
    ALL_LINES {
        @Override
        void split(char[] chars, int length, Parts parts) {
            int start = 0;
            for (int i = 0; i < length; i++) {
                if (chars[i] == '\n' || chars[i] == '\r') {
                    parts.add(start, i);
                    i += chars[i] == '\r' && i + 1 < length && chars[i + 1] == '\n' ? 1 : 0;
                    start = i + 1;
                }
            }
            if (start < length) {
                parts.add(start, length);
            }
        }
    },

    /** What single line feeds part, white space at the ends and empty strings included. */
    LINE_FEEDS {
        @Override
        void split(char[] chars, int length, Parts parts) {
            splitAtFeeds(chars, 0, length, 1, 1, parts);
        }
    },

    /** As {@link #LINE_FEEDS}, blank ones left out. */
    FILLED_LINES {
        @Override
        void split(char[] chars, int length, Parts parts) {
            int start = 0;
            for (int i = 0; i <= length; i++) {
                if (i == length || chars[i] == '\n') {
                    if (strippedEnd(chars, start, i) > start) {
                        parts.add(start, i);
                    }
                    start = i + 1;
                }
            }
        }
    },

    /** What runs of line feeds part, white space included; empty before a first or behind a last line feed. */
    LINE_FEED_RUNS {
        @Override
        void split(char[] chars, int length, Parts parts) {
            splitAtFeeds(chars, 0, length, 1, Integer.MAX_VALUE, parts);
        }
    },

    /** What runs of two or more line feeds part, in the text without the white space at its ends. */
    EMPTY_LINE_RUNS {
        @Override
        void split(char[] chars, int length, Parts parts) {
            int start = strippedStart(chars, 0, length);
            splitAtFeeds(chars, start, strippedEnd(chars, start, length), 2, Integer.MAX_VALUE, parts);
        }
    };

    abstract void split(char[] chars, int length, Parts parts);

    /** Parts at runs of line feeds that are at least {@code least} long, each taken {@code most} at a time. */
    private static void splitAtFeeds(char[] chars, int from, int to, int least, int most, Parts parts) {
        int start = from;
        int i = from;
        while (i < to) {
            int run = 0;
            while (run < most && i + run < to && chars[i + run] == '\n') {
                run++;
            }
            if (run >= least) {
                parts.add(start, i);
                start = i + run;
            }
            i += Math.max(1, run);
        }
        parts.add(start, to);
    }

    private static void addStripped(char[] chars, int from, int to, Parts parts) {
        int start = strippedStart(chars, from, to);
        int end = strippedEnd(chars, start, to);
        if (start < end) {
            parts.add(start, end);
        }
    }

    private static int strippedStart(char[] chars, int from, int to) {
        int start = from;
        while (start < to && Text.isSpace(chars[start])) {
            start++;
        }
        return start;
    }

    private static int strippedEnd(char[] chars, int from, int to) {
        int end = to;
        while (end > from && Text.isSpace(chars[end - 1])) {
            end--;
        }
        return end;
    }
}
