/**
 * Which documents are worth learning from.
 *
 * <p>A document flows in and comes out kept, dropped with a reason and the numbers, or annotated. Public types: {@link
 * kindling.prep.filter.Filter} judges documents by {@link kindling.prep.filter.RuleSet}s, lists of {@link
 * kindling.prep.filter.Rule}s: one measure of a {@link kindling.prep.filter.Text} and its bounds, which {@link
 * kindling.prep.filter.Threshold}s replace. {@link kindling.prep.filter.UserLists} holds what only a user can tell.
 *
 * <pre>{@code
 * Filter filter = Filter.of(RuleSet.named("gopher", UserLists.NONE));
 * filter.judge(document).verdict();   // Drop[reason=gopher_symbol_ratio, detail=0.31 > 0.10]
 * }</pre>
 *
 * <table>
 *   <caption>Rule sets</caption>
 *   <tr><td>{@code length}<td>neither a scrap nor a dump
 *   <tr><td>{@code gopher_quality}, {@code gopher_repetition}, both: {@code gopher}<td>J. Rae et al., "Scaling Language
 *       Models: Methods, Analysis &amp; Insights from Training Gopher" (2021), appendix A1.1
 *   <tr><td>{@code gopher_datatrove}, {@code gopher_dolma}<td>the same as these code bases read it
 *   <tr><td>{@code c4}, {@code c4_datatrove}; {@code c4_document} leaves lines alone<td>C. Raffel et al., "Exploring the
 *       Limits of Transfer Learning with a Unified Text-to-Text Transformer" (JMLR 2020), section 2.2
 *   <tr><td>{@code fineweb}<td>G. Penedo et al., "The FineWeb Datasets" (2024), section 3.6
 *   <tr><td>{@code symbols}, {@code language}, {@code words}<td>too many symbols; not surely in a wanted language; words of a
 *       user's list
 * </table>
 *
 * <p><b>Languages.</b> Published bounds were set for English. Gopher's stop words are English ones, so {@code gopher} drops
 * what is written in another language: set {@code gopher_stop_words=none} for a corpus of others. In scripts without spaces
 * words are found with dictionaries, see {@link kindling.prep.filter.UnspacedWords}, so n-grams and numbers of words mean what
 * they mean elsewhere; such words are short, so {@code gopher_mean_word_length.least} needs to be 1 there. Sentence marks of
 * other scripts count in {@code c4_document} and {@code fineweb}; {@code c4} takes out lines without one of its own four.
 *
 * <p><b>Speed.</b> What rules count, they count once a document and share: words, lines, paragraphs and n-grams are positions in
 * one array of characters, equal ones are numbered, and all memory is kept for the next document. Time is linear in the text.
 *
 * <p>To add a rule set, write a file with its rules, cheap ones first, each with a reason that begins with the set's name, and
 * add it to the list in {@code RuleSet}.
 */
package kindling.prep.filter;
