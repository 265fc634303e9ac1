package kindling.prep.pii;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The hash that Ethereum uses: Keccak with 256 bits as submitted to the SHA-3 competition (G. Bertoni, J. Daemen, M. Peeters, G. Van Assche, "The
 * Keccak reference", 2011), which pads otherwise than the later standard FIPS 202 that Java has.
 */
final class Keccak256 {
    private static final int RATE = 136;
    private static final int ROUNDS = 24;
    private static final int LANES = 25;
    /** How far ρ turns each lane, in the order in which π visits them. */
    private static final int[] TURNS = {
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
    };

    private static final int[] VISITS = {
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
    };
    private static final long[] ROUND_CONSTANTS = roundConstants();

    private Keccak256() {}

    /** 32 bytes. */
    static byte[] of(byte[] message) {
        int blocks = message.length / RATE + 1;
        byte[] padded = new byte[blocks * RATE];
        System.arraycopy(message, 0, padded, 0, message.length);
        padded[message.length] |= 0x01;
        padded[padded.length - 1] |= (byte) 0x80;
        ByteBuffer input = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
        long[] state = new long[LANES];
        for (int block = 0; block < blocks; block++) {
            for (int lane = 0; lane < RATE / 8; lane++) {
                state[lane] ^= input.getLong();
            }
            permute(state);
        }
        ByteBuffer hash = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        hash.asLongBuffer().put(state, 0, 4);
        return hash.array();
    }

    private static void permute(long[] state) {
        for (int round = 0; round < ROUNDS; round++) {
            mixColumns(state);
            turnAndMove(state);
            mixRows(state);
            state[0] ^= ROUND_CONSTANTS[round];
        }
    }

    /** θ. */
    private static void mixColumns(long[] state) {
        long[] parity = new long[5];
        for (int lane = 0; lane < LANES; lane++) {
            parity[lane % 5] ^= state[lane];
        }
        for (int lane = 0; lane < LANES; lane++) {
            state[lane] ^= parity[(lane + 4) % 5] ^ Long.rotateLeft(parity[(lane + 1) % 5], 1);
        }
    }

    /** ρ and π. */
    private static void turnAndMove(long[] state) {
        long moving = state[1];
        for (int i = 0; i < VISITS.length; i++) {
            long here = state[VISITS[i]];
            state[VISITS[i]] = Long.rotateLeft(moving, TURNS[i]);
            moving = here;
        }
    }

    /** χ. */
    private static void mixRows(long[] state) {
        long[] row = new long[5];
        for (int y = 0; y < LANES; y += 5) {
            System.arraycopy(state, y, row, 0, 5);
            for (int x = 0; x < 5; x++) {
                state[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
            }
        }
    }

    /** ι: bits of a linear feedback shift register with the polynomial x^8 + x^6 + x^5 + x^4 + 1. */
    private static long[] roundConstants() {
        long[] constants = new long[ROUNDS];
        int register = 1;
        for (int round = 0; round < ROUNDS; round++) {
            for (int j = 0; j < 7; j++) {
                if ((register & 1) != 0) {
                    constants[round] |= 1L << ((1 << j) - 1);
                }
                register = (register & 0x80) != 0 ? (register << 1 ^ 0x71) & 0xFF : register << 1;
            }
        }
        return constants;
    }
}
