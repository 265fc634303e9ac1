package kindling.jobs.examples;

/**
 * The order of n sequences in an epoch, as a function of (seed, epoch, position): nothing is stored, resuming is a number.
 * Up to {@value #WHOLE} sequences are shuffled as they are. More are shuffled on two levels, so that reads stay near each other: chunks of
 * {@value #CHUNK} neighbours, then within a chunk; the last, shorter chunk stays last. Each shuffle is a four-round Feistel permutation (Luby and
 * Rackoff, 1988) on the next power of four, walked until it lands inside (Black and Rogaway, 2002).
 */
public record Order(long seed, long size) {
    static final int CHUNK = 1024; // sequences; half a megabyte at T = 256

    /**
     * So few that any read is near, 64 MB at T = 256. Among few chunks a step's sequences would be neighbours, and the last steps of a training would
     * know one part of a book best.
     */
    static final int WHOLE = 1 << 17;

    /** The number of the sequence at a position that counts on through the epochs. */
    public long at(long position) {
        long epochSeed = mix(seed ^ mix(position / size));
        long place = position % size;
        if (size <= WHOLE) {
            return permute(place, size, mix(epochSeed));
        }
        long fullChunks = size / CHUNK;
        long chunk = place / CHUNK;
        if (chunk < fullChunks) {
            long from = permute(chunk, fullChunks, epochSeed);
            return from * CHUNK + permute(place % CHUNK, CHUNK, mix(epochSeed + from + 1));
        }
        return fullChunks * CHUNK + permute(place % CHUNK, size % CHUNK, mix(epochSeed - 1));
    }

    /** A permutation of 0 … size − 1 for each key. */
    static long permute(long value, long size, long key) {
        int half = (65 - Long.numberOfLeadingZeros(Math.max(1, size - 1))) / 2;
        long mask = (1L << half) - 1;
        long walked = value;
        do {
            long left = walked >>> half;
            long right = walked & mask;
            for (int round = 0; round < 4; round++) {
                long next = left ^ (mix(key + 31L * round + (right << 8)) & mask);
                left = right;
                right = next;
            }
            walked = left << half | right;
        } while (walked >= size);
        return walked;
    }

    /** The finaliser of SplitMix64. */
    static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
