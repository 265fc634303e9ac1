/**
 * The layers of a transformer, forward and backward beside each other in one file each, after nanoGPT and llm.c
 * (Karpathy, 2023 and 2024).
 *
 * <p>Public are {@link kindling.model.layer.Parameters} (what is learned), {@link kindling.model.layer.Transformer}
 * (ids to logits and back), {@link kindling.model.layer.Mixing} (how tokens see each other), {@link
 * kindling.model.layer.SelfAttention} (its form in training) and {@link kindling.model.layer.PackedParameters} (what a model
 * that only writes reads).
 *
 * <p>Flow: the layers reserve their activations in one arena when they are made; forward leaves in them what backward
 * reads. Backward <em>adds</em> to parameter gradients and to the residual stream's, and overwrites everything else.
 *
 * <p>To add another layer, write both directions in one file, reserve what the second needs from the first in {@code
 * Activations}, call it from {@code Layer}, and give it a numeric gradient check and a golden value.
 */
package kindling.model.layer;
