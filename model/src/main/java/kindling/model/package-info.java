/**
 * What a model is, before any arithmetic: its shape ({@link kindling.model.TransformerConfig}), where its parameters
 * lie in one flat block ({@link kindling.model.Layout}), and the ids it reads ({@link kindling.model.Batch}).
 *
 * <p>To add another preset, add one line to the table in {@link kindling.model.TransformerConfig}; to add another
 * family, add its predicates there, its tensors to {@link kindling.model.Layout} and its layers to {@code
 * kindling.model.layer}.
 */
package kindling.model;
