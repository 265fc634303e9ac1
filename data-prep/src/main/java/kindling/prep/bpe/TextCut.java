package kindling.prep.bpe;

import java.io.Serializable;
import kindling.prep.words.NormalForm;
import kindling.prep.words.Pretokenizer;

/**
 * What happens to a text before its words are counted, and before it is encoded with what was learnt from them.
 *
 * @param pattern name of the {@link Pretokenizer}
 * @param nfc whether texts are brought to Unicode's normal form C first ({@link NormalForm})
 */
public record TextCut(String pattern, boolean nfc) implements Serializable {
    /** @throws IllegalArgumentException for an unknown pattern */
    public TextCut {
        Pretokenizer.named(pattern);
    }

    Pretokenizer pretokenizer() {
        return Pretokenizer.named(pattern);
    }

    String normalized(String text) {
        return nfc ? NormalForm.NFC.apply(text) : text;
    }
}
