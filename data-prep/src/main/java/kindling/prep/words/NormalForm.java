package kindling.prep.words;

import com.ibm.icu.text.FilteredNormalizer2;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UnicodeSet;

/**
 * Unicode's normal forms (UAX 15) in the version that Hugging Face's tokenizers have, 9.0: what was assigned later stays as it is. Equal to that
 * library on every code point, alone and beside combining marks.
 */
@SuppressWarnings("ImmutableEnumChecker") // normalizers never change, but have no annotation to say so
public enum NormalForm {
    NFC(Normalizer2.getNFCInstance()),
    NFD(Normalizer2.getNFDInstance()),
    NFKC(Normalizer2.getNFKCInstance()),
    NFKD(Normalizer2.getNFKDInstance());

    private final Normalizer2 newest;
    private final Normalizer2 limited;

    NormalForm(Normalizer2 newest) {
        this.newest = newest;
        this.limited = new FilteredNormalizer2(newest, new UnicodeSet("[:age=9.0:]").freeze());
    }

    /** The text in this form. What is normal in a newer version is so in this one, and comes back at once. */
    public String apply(String text) {
        return newest.spanQuickCheckYes(text) == text.length() ? text : limited.normalize(text);
    }
}
