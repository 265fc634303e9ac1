package kindling.prep.token;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes to text as they come: a character comes out when its last byte is there, and U+FFFD for what is no character. */
final class Utf8Stream {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    /** The bytes of a character that has begun; at most three between two calls. */
    private ByteBuffer waiting = ByteBuffer.allocate(64);

    String add(byte[] bytes) {
        if (waiting.remaining() < bytes.length) {
            waiting = ByteBuffer.allocate(waiting.position() + bytes.length).put(waiting.flip());
        }
        waiting.put(bytes);
        return decoded(false);
    }

    String end() {
        return decoded(true);
    }

    private String decoded(boolean last) {
        waiting.flip();
        CharBuffer text = CharBuffer.allocate(waiting.remaining() + 1);
        decoder.decode(waiting, text, last);
        waiting.compact();
        return text.flip().toString();
    }
}
