/**
 * What a model is, before any arithmetic.
 *
 * <p>Public types: {@link kindling.model.TransformerConfig} is its shape, put together by a {@link
 * kindling.model.ConfigBuilder} of parts that are chosen one by one ({@link kindling.model.Positions} with their {@link
 * kindling.model.RotaryScaling}, {@link kindling.model.Normalization}, {@link kindling.model.Nonlinearity}, {@link
 * kindling.model.Biases}); {@link kindling.model.Layout} says where each parameter lies in one flat block; a {@link
 * kindling.model.Batch} holds the ids to learn from, and its {@link kindling.model.Mask} which of them see each other.
 *
 * <p>Flow: a preset, a builder or a {@code config.json} gives a shape, which {@code ConfigReader} reads and {@code ConfigWriter}
 * writes; the layers of {@code kindling.model.layer} and the names of {@code kindling.model.checkpoint} follow from it and
 * its layout.
 *
 * <p>To add a preset, add a line to the table in {@code Presets}. To add a kind of part, add a constant or a permitted record to
 * its type, its tensors to {@link kindling.model.Layout}, its arithmetic to {@code kindling.model.layer} and its words to
 * {@code ConfigReader} and {@code ConfigWriter}. To read another {@code model_type} whose parts are all there, see {@code
 * ConfigReader}.
 */
package kindling.model;
