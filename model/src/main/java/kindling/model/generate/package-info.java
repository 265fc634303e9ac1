/**
 * From parameters and prompts to new ids: batched decoding with a cache of keys and values.
 *
 * <p>The public types are {@link kindling.model.generate.Generator} (a model ready to write), {@link
 * kindling.model.generate.Decoding} (how the next id is chosen), {@link kindling.model.generate.Guide} (what the caller knows
 * about the text; {@link kindling.model.generate.Choices} is one), {@link kindling.model.generate.Completion} (what was
 * written), {@link kindling.model.generate.Work} (what it took) and {@link kindling.model.generate.Prefixes} (what generators
 * of one model read once for all). What comes out for a prompt does not depend, to the bit, on the batch it was in.
 *
 * <p>Flow: what all prompts begin with is read once; the rest of a prompt's ids but the last fill the cache; then, id by id, {@code Decoder} turns the last id of every live
 * hypothesis into logits, and each prompt's {@code Search} chooses from them.
 *
 * <p>Sources: Fan et al. 2018 (top-k), Holtzman et al. 2020 (top-p), Keskar et al. 2019 (repetition penalty), Paulus et al.
 * 2018 (no repeated n-grams); order and edge cases as in Hugging Face's transformers.
 *
 * <p>To add another way to bend the scores: one method and one line in {@code ScoreProcessor}, one component in {@code
 * Decoding}, and golden rows. To add another search: one class that implements {@code Search}, one line in {@code
 * Search.start}.
 */
package kindling.model.generate;
