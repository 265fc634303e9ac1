package kindling.prep.filter;

/** 64-bit hashes of pieces of text, for counting what is equal. */
final class Hash {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio, odd

    private Hash() {}

    /** The hash of {@code chars[start, end)}, four characters a step. */
    static long of(char[] chars, int start, int end) {
        long hash = (long) end - start;
        int i = start;
        for (; i + 4 <= end; i += 4) {
            hash = join(
                    hash, chars[i] | (long) chars[i + 1] << 16 | (long) chars[i + 2] << 32 | (long) chars[i + 3] << 48);
        }
        long rest = 0;
        for (; i < end; i++) {
            rest = (rest << 16) | chars[i];
        }
        return join(hash, rest);
    }

    /** The hash of a sequence and one more value. */
    private static long join(long hash, long value) {
        long mixed = (hash ^ value) * MULTIPLIER;
        return mixed ^ (mixed >>> 32);
    }
}
