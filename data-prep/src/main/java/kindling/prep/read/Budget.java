package kindling.prep.read;

/** The bytes that one input file may still decompress to. */
final class Budget {
    private long left;

    Budget(long bytes) {
        left = bytes;
    }

    static Budget unlimited() {
        return new Budget(Long.MAX_VALUE);
    }

    /** How many of some bytes to ask for: no more than are left, and one to find out whether there are any. */
    int ask(int bytes) {
        return (int) Math.min(bytes, Math.max(1, left));
    }

    /** Takes some bytes; false once more were taken than there were. */
    boolean take(int bytes) {
        left -= bytes;
        return left >= 0;
    }

    /** Whether more was taken than there was. */
    boolean isSpent() {
        return left < 0;
    }
}
