package kindling.prep.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Kinds that ours leaves to Hugging Face's library. */
class ForeignTokenizerTest {
    private static final String SPECIAL =
            "{'id':%d,'content':'%s','single_word':false,'lstrip':false,'rstrip':false,'normalized':false,'special':true}";

    private static final String WORD_PIECE = """
            {'version':'1.0','truncation':{'max_length':2,'strategy':'LongestFirst','stride':0,'direction':'Right'},
             'padding':{'strategy':{'Fixed':9},'direction':'Right','pad_to_multiple_of':null,'pad_id':0,'pad_type_id':0,'pad_token':'[PAD]'},
             'added_tokens':[%s,%s],'normalizer':{'type':'BertNormalizer','clean_text':true,'handle_chinese_chars':true,'strip_accents':null,
             'lowercase':true},'pre_tokenizer':{'type':'BertPreTokenizer'},
             'post_processor':{'type':'BertProcessing','sep':['[SEP]',2],'cls':['[CLS]',1]},
             'decoder':{'type':'WordPiece','prefix':'##','cleanup':true},
             'model':{'type':'WordPiece','unk_token':'[UNK]','continuing_subword_prefix':'##','max_input_chars_per_word':100,
             'vocab':{'[PAD]':0,'[CLS]':1,'[SEP]':2,'[UNK]':3,'the':4,'cat':5,'##s':6,'[':7,']':8,'sep':9}}}
            """.formatted(SPECIAL.formatted(1, "[CLS]"), SPECIAL.formatted(2, "[SEP]"))
            .replace('\'', '"');

    private static final String UNIGRAM = """
            {'version':'1.0','truncation':null,'padding':null,'added_tokens':[%s,%s],'normalizer':null,
             'pre_tokenizer':{'type':'Metaspace','replacement':'▁','prepend_scheme':'always','split':true},
             'post_processor':null,'decoder':{'type':'Metaspace','replacement':'▁','prepend_scheme':'always','split':true},
             'model':{'type':'Unigram','unk_id':0,'vocab':[['<unk>',0.0],['</s>',0.0],['▁the',-1.0],['▁',-2.5],['cat',-2.0],['s',-3.0],['t',-9.0]],
             'byte_fallback':false}}
            """.formatted(SPECIAL.formatted(0, "<unk>"), SPECIAL.formatted(1, "</s>"))
            .replace('\'', '"');

    static Stream<Arguments> files() {
        String unknownRegex = Kinds.json("llama3").replace("\\\\p{N}{1,3}", "\\\\p{N}{1,4}");
        return Stream.of(
                Arguments.of("WordPiece", WORD_PIECE),
                Arguments.of("Unigram", UNIGRAM),
                Arguments.of("unknown regex", unknownRegex));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void givesTheIdsOfTheLibraryForTheWholeText(String kind, String json) throws IOException {
        Tokenizer tokenizer = Tokenizer.parse(json);
        Oracle oracle = new Oracle(json.replaceAll("(?s)\"truncation\":\\{.*'?\"added_tokens\"", "\"added_tokens\""));

        assertThat(tokenizer).isInstanceOf(ForeignTokenizer.class);
        assertThat(tokenizer.json()).isSameAs(json);
        for (String text : new String[] {"", "the cats", "The cat the cat", "the 123456 [SEP] cats 😀"}) {
            assertThat(tokenizer.encode(text)).as(text).isEqualTo(oracle.encode(text));
            assertThat(tokenizer.encode(text, SpecialTokens.IN_TEXT, SpecialTokens.AROUND_TEXT))
                    .as(text)
                    .isEqualTo(oracle.encode(text, SpecialTokens.IN_TEXT, SpecialTokens.AROUND_TEXT));
            int[] ids = tokenizer.encode(text);
            assertThat(tokenizer.decode(ids)).isEqualTo(oracle.decode(ids, false));
        }
    }

    @Test
    void takesASpecialTokenInTextAsOrdinaryText() {
        Tokenizer bert = Tokenizer.parse(WORD_PIECE);

        assertThat(bert.encode("cat [SEP]")).containsExactly(5, 7, 9, 8);
        assertThat(bert.encode("cat [SEP]", SpecialTokens.IN_TEXT)).containsExactly(5, 2);
        assertThat(bert.encode("cat", SpecialTokens.AROUND_TEXT)).containsExactly(1, 5, 2);
    }

    @Test
    void takesASpecialPieceOfUnigramInTextAsOrdinaryText() {
        Tokenizer unigram = Tokenizer.parse(UNIGRAM);

        assertThat(unigram.encode("the</s>"))
                .doesNotContain(unigram.endOfText())
                .startsWith(2);
        assertThat(unigram.encode("the</s>", SpecialTokens.IN_TEXT)).containsExactly(2, 1);
    }

    @Test
    void takesASpecialWordInTextAsOrdinaryText() {
        String words = """
                {"version":"1.0","truncation":null,"padding":null,"added_tokens":[%s],"normalizer":null,
                 "pre_tokenizer":{"type":"WhitespaceSplit"},"post_processor":null,"decoder":null,
                 "model":{"type":"WordLevel","unk_token":"[UNK]","vocab":{"[UNK]":0,"[SEP]":1,"x":2}}}
                """.formatted(SPECIAL.formatted(1, "[SEP]").replace('\'', '"'));
        Tokenizer tokenizer = Tokenizer.parse(words);

        assertThat(tokenizer.encode("x [SEP]")).containsExactly(2, 0);
        assertThat(tokenizer.encode("x [SEP]", SpecialTokens.IN_TEXT)).containsExactly(2, 1);
    }

    @Test
    void findsNoHiddenTokenInWhatANormalizerMakes() {
        String special = SPECIAL.formatted(10, "<new>")
                .replace('\'', '"')
                .replace("\"normalized\":false", "\"normalized\":true");
        Tokenizer bert =
                Tokenizer.parse(WORD_PIECE.replace("\"added_tokens\":[", "\"added_tokens\":[" + special + ","));

        assertThat(bert.encode("cat<new>")).doesNotContain(10);
    }

    @Test
    void knowsItsPieces() {
        Tokenizer unigram = Tokenizer.parse(UNIGRAM);

        assertThat(unigram.size()).isEqualTo(7);
        assertThat(unigram.id("▁the")).hasValue(2);
        assertThat(unigram.id("dog")).isEmpty();
        assertThat(unigram.endOfText()).isEqualTo(1);
        assertThat(Tokenizer.parse(WORD_PIECE).endOfText()).isEqualTo(2);
    }

    @Test
    void decodesIdByIdWhatItDecodesAtOnce() {
        Tokenizer bert = Tokenizer.parse(WORD_PIECE);
        TokenDecoder decoder = bert.decoder(true);

        assertThat(decoder.add(4) + decoder.add(5) + decoder.add(6) + decoder.end())
                .isEqualTo("the cats");
    }

    @Test
    void refusesToDecodeAnUnknownId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizer.parse(UNIGRAM).decode(new int[] {7}))
                .withMessage("id must be in 0 … 6, got 7");
    }

    @Test
    void encodesAnUnpairedSurrogateAsTheReplacementCharacter() {
        Tokenizer bert = Tokenizer.parse(WORD_PIECE);

        assertThat(bert.encode("cat \uD83D")).isEqualTo(bert.encode("cat \uFFFD"));
    }

    @Test
    void keepsTheIdsOfOrdinaryTokensAfterSpecialOnes() {
        String special = SPECIAL.formatted(10, "<new>").replace('\'', '"');
        String ordinary =
                SPECIAL.formatted(11, "<tool>").replace('\'', '"').replace("\"special\":true", "\"special\":false");
        Tokenizer bert = Tokenizer.parse(
                WORD_PIECE.replace("\"added_tokens\":[", "\"added_tokens\":[" + special + "," + ordinary + ","));

        assertThat(bert.encode("cat<tool><new>[SEP]")).startsWith(5, 11).doesNotContain(10, 2);
        assertThat(bert.encode("cat<tool><new>[SEP]", SpecialTokens.IN_TEXT)).containsExactly(5, 11, 10, 2);
        assertThat(bert.encode("\uFDD0<new>")).doesNotContain(10);
    }

    @Test
    void saysWhyNeitherReadsAFile() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizer.parse(WORD_PIECE.replace("\"BertPreTokenizer\"", "\"Nonsense\"")))
                .withMessageContaining("model is of type WordPiece")
                .withMessageContaining("refuses it");
    }
}
