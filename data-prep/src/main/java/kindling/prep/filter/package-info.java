/**
 * Which documents are worth learning from.
 *
 * <p>Public type: {@link kindling.prep.filter.Filter}, a named rule that keeps a document or drops it with a reason and
 * the numbers; {@code Filter.rules("gopher,c4")} gives the rules of the published sets, with published thresholds:
 *
 * <ul>
 *   <li>{@code gopher}: {@code gopher_quality} and {@code gopher_repetition}, J. Rae et al., "Scaling Language Models:
 *       Methods, Analysis &amp; Insights from Training Gopher" (2021), appendix A1.1
 *   <li>{@code c4}: C. Raffel et al., "Exploring the Limits of Transfer Learning with a Unified Text-to-Text
 *       Transformer" (JMLR 2020), section 2.2
 *   <li>{@code length}: neither a scrap nor a dump
 * </ul>
 *
 * <p>To add another filter, write one class and add it to the list in {@code Filter}.
 */
package kindling.prep.filter;
