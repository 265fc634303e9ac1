/**
 * Memory and arithmetic under the layers: off-heap blocks ({@link kindling.model.tensor.Arena}) cut into matrices
 * ({@link kindling.model.tensor.Matrix}), products of them ({@link kindling.model.tensor.Gemm};
 * {@link kindling.model.tensor.Panels} with a {@link kindling.model.tensor.PackedMatrix} that never changes), what is done to
 * single rows ({@link kindling.model.tensor.RowKernels}), and floats of two bytes ({@link kindling.model.tensor.BrainFloat}).
 * What the machine gives at most says {@link kindling.model.tensor.MachineRate}.
 *
 * <p>Flow: a layer reserves its matrices in an arena, the arena is allocated once, and no call afterwards takes memory.
 * The plan of one flat block with offsets is that of llm.c (Karpathy, 2024).
 */
package kindling.model.tensor;
