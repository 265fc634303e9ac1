/**
 * Parameters as files that other tools read: named tensors in safetensors form, under Hugging Face's names and layouts.
 *
 * <p>Public types: {@link kindling.model.checkpoint.Checkpoint} reads and writes a model's flat parameters, or named arrays of
 * trainer state; {@link kindling.model.checkpoint.CheckpointFolder} is where their files lie, on this machine or another; {@link
 * kindling.model.checkpoint.Conversion} writes a folder's tensors again in another {@link kindling.model.checkpoint.Dtype} or cut
 * into files of another size; {@link kindling.model.checkpoint.SafeTensors} reads and writes any tensors.
 *
 * <p>Flow: {@code TensorFiles} opens one file or the several of a {@code ShardIndex}, each a {@code TensorFile} whose {@code
 * Header} is checked before any value is read, mapped or streamed; {@code HuggingFace} says which tensor stands where in the
 * flat parameters, and {@code ModelReader} puts it there.
 *
 * <p>Source: safetensors format, https://huggingface.co/docs/safetensors.
 *
 * <p>To read another dtype, add it to {@code Dtype}. To read another architecture, add its names to {@code HuggingFace}.
 */
package kindling.model.checkpoint;
