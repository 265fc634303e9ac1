package kindling.prep.lexicon;

/**
 * What is known of a word, as bits, found by a 64-bit hash of the word; some 300,000 words take 6 MB instead of the 40 MB of a map of strings. Two
 * words share a hash with a chance of 1 to 400 million at that size.
 *
 * <p>Filled by one thread, then only read.
 */
final class WordFlags {
    private long[] keys = new long[1 << 16];
    private short[] flags = new short[1 << 16];
    private int size;

    /** The hash that words are found by (FNV-1a over UTF-16 units); never 0. */
    static long hash(CharSequence word) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x100000001b3L;
        }
        return hash == 0 ? 1 : hash;
    }

    int get(long hash) {
        int slot = slot(keys, hash);
        return keys[slot] == 0 ? 0 : flags[slot];
    }

    void add(CharSequence word, int bits) {
        if (size * 2 > keys.length) {
            grow();
        }
        long hash = hash(word);
        int slot = slot(keys, hash);
        size += keys[slot] == 0 ? 1 : 0;
        keys[slot] = hash;
        flags[slot] |= (short) bits;
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] largerKeys = new long[keys.length * 2];
        short[] largerFlags = new short[keys.length * 2];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) {
                int slot = slot(largerKeys, keys[i]);
                largerKeys[slot] = keys[i];
                largerFlags[slot] = flags[i];
            }
        }
        keys = largerKeys;
        flags = largerFlags;
    }

    private static int slot(long[] keys, long hash) {
        int mask = keys.length - 1;
        int slot = (int) (hash ^ (hash >>> 32)) & mask;
        while (keys[slot] != 0 && keys[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
