package kindling.prep.filter;

/** 64-bit hashes of pieces of text, for counting what is equal. */
final class Hash {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio, odd

    private Hash() {}

    static long of(String text, int start, int end) {
        long hash = (long) end - start;
        for (int i = start; i < end; i++) {
            hash = join(hash, text.charAt(i));
        }
        return hash;
    }

    /** The hash of a sequence and one more value. */
    static long join(long hash, long value) {
        long mixed = (hash ^ value) * MULTIPLIER;
        return mixed ^ mixed >>> 32;
    }
}
