package kindling.prep.bpe;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import kindling.prep.token.Utf8;
import kindling.prep.words.Pretokenizer;

/**
 * How often each word occurs: an open-addressing table without an object for any word. The words' bytes (UTF-8) lie one after the other in one
 * array; entries have consecutive indices in the order in which their words appeared.
 *
 * <p>A distinct word takes its bytes and 28 to 44 more. Words of any length take part as they are: a megabyte of one letter is a word of a
 * megabyte. Counts are 64-bit, and overflow is an error.
 */
public final class WordCounts {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;
    private static final int FULL_WORDS =
            1 << 18; // with 16 MB a table of some 30 MB at most: small beside a task's memory
    private static final int FULL_BYTES = 16 << 20;

    private byte[] bytes = new byte[1 << 12];
    private int[] ends = new int[1 << 9];
    private long[] counts = new long[1 << 9];
    private int size;
    /** Upper half: the hash; lower half: index + 1, so that 0 is free. */
    private long[] slots = new long[1 << 10];

    /** The number of distinct words. */
    public int size() {
        return size;
    }

    /** The bytes of all distinct words together. */
    public int byteSize() {
        return start(size);
    }

    /** Whether a table that only combines counts on their way should be emptied: it has a quarter of a million words or 16 MB of them. */
    public boolean isFull() {
        return size >= FULL_WORDS || byteSize() >= FULL_BYTES;
    }

    /** How often the word of this index, less than {@link #size}, occurs. */
    public long count(int index) {
        return counts[index];
    }

    /** The word of this index in UTF-8. */
    public byte[] word(int index) {
        return Arrays.copyOfRange(bytes, start(index), ends[index]);
    }

    /** The sum of all counts. */
    public long occurrences() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum = Math.addExact(sum, counts[i]);
        }
        return sum;
    }

    /** The bytes of the text that all words with their counts make up. */
    public long textBytes() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum = Math.addExact(sum, Math.multiplyExact(counts[i], (long) length(i)));
        }
        return sum;
    }

    /** Counts every word of a text. */
    public void addWords(String text, TextCut cut) {
        Pretokenizer words = cut.pretokenizer();
        char[] chars = cut.normalized(text).toCharArray();
        for (int from = 0, to; from < chars.length; from = to) {
            to = words.endOfWord(chars, from, chars.length);
            reserve((long) Utf8.MAX_BYTES_PER_CHAR * (to - from));
            addTail(Utf8.encode(chars, from, to, bytes, byteSize()), 1);
        }
    }

    /**
     * Adds to the count of a word.
     *
     * @throws IllegalArgumentException for a negative count
     * @throws ArithmeticException when a sum is more than 2<sup>63</sup> − 1
     */
    public void add(byte[] word, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("a word's count must be >= 0, got " + count);
        }
        reserve(word.length);
        System.arraycopy(word, 0, bytes, byteSize(), word.length);
        addTail(byteSize() + word.length, count);
    }

    /** Forgets all words and keeps the room. */
    public void clear() {
        size = 0;
        Arrays.fill(slots, 0);
    }

    /** All words and counts in bytes that {@link #addAll} reads. */
    public byte[] toBytes() {
        ByteArrayOutputStream block = new ByteArrayOutputStream(byteSize() + size * (Integer.BYTES + Long.BYTES));
        try (DataOutputStream out = new DataOutputStream(block)) {
            for (int i = 0; i < size; i++) {
                out.writeInt(length(i));
                out.writeLong(counts[i]);
                out.write(bytes, start(i), length(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return block.toByteArray();
    }

    /** Adds the words and counts that {@link #toBytes} wrote. */
    public void addAll(byte[] block) {
        ByteBuffer in = ByteBuffer.wrap(block);
        while (in.hasRemaining()) {
            byte[] word = new byte[in.getInt()];
            long count = in.getLong();
            in.get(word);
            add(word, count);
        }
    }

    /** Copies the bytes of a word. */
    void copyWord(int index, byte[] out) {
        System.arraycopy(bytes, start(index), out, 0, length(index));
    }

    int length(int index) {
        return ends[index] - start(index);
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** Counts the word that was written behind the last one; if it is known already its bytes are forgotten. */
    private void addTail(int end, long count) {
        int start = byteSize();
        long hash = hash(start, end) & 0xFFFFFFFF00000000L;
        int slot = slot(hash);
        for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
            int index = (int) slots[slot] - 1;
            if ((slots[slot] & 0xFFFFFFFF00000000L) == hash
                    && Arrays.equals(bytes, start, end, bytes, start(index), ends[index])) {
                counts[index] = Math.addExact(counts[index], count);
                return;
            }
        }
        slots[slot] = hash | (size + 1);
        ends[size] = end;
        counts[size++] = count;
        if (size == counts.length) {
            grow();
        }
    }

    private long hash(int from, int to) {
        long hash = (to - from) * MIX;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            hash = mixed(hash ^ (long) LONG.get(bytes, i));
        }
        long rest = 0;
        for (; i < to; i++) {
            rest = rest << Byte.SIZE | (bytes[i] & 0xFF);
        }
        return mixed(hash ^ rest);
    }

    private static long mixed(long value) {
        long product = value * MIX;
        return (product ^ (product >>> 29)) * MIX;
    }

    private int slot(long hash) {
        return (int) (hash >>> (Long.SIZE - Integer.numberOfTrailingZeros(slots.length)));
    }

    private void reserve(long more) {
        long needed = byteSize() + more;
        if (needed > MOST_BYTES) {
            throw new IllegalStateException(
                    "distinct words must take less than 2 GB together, got %d words: raise --min-count"
                            .formatted(size));
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(MOST_BYTES, Math.max(needed, bytes.length * 2L)));
        }
    }

    private void grow() {
        ends = Arrays.copyOf(ends, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
        long[] old = slots;
        slots = new long[2 * old.length];
        for (long entry : old) {
            if (entry != 0) {
                int slot = slot(entry);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = entry;
            }
        }
    }
}
