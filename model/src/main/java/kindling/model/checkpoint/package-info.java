/**
 * Parameters as files that other tools read: named tensors in safetensors form, under Hugging Face's names and layouts.
 *
 * <p>The public types are {@link kindling.model.checkpoint.Checkpoint} (a model's flat parameters, or named arrays of
 * trainer state) and {@link kindling.model.checkpoint.SafeTensors} (any tensors).
 *
 * <p>Source: safetensors format, https://huggingface.co/docs/safetensors.
 *
 * <p>To read another dtype: one line in {@code Dtype}. To add another architecture: its tensor names in the layout that
 * {@code kindling.model} gives, nothing here.
 */
package kindling.model.checkpoint;
