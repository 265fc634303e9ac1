/**
 * Training one replica.
 *
 * <p>Public types: a {@link kindling.model.train.Learner} makes steps as {@link kindling.model.train.TrainingSettings} say, with
 * an {@link kindling.model.train.Optimiser} ({@link kindling.model.train.AdamW}, or {@link kindling.model.train.Muon} for
 * matrices), under a {@link kindling.model.train.Guard} against poisoned ones, at the rates of a {@link
 * kindling.model.train.Schedule} ({@link kindling.model.train.Decay}), from {@link kindling.model.train.Weights}. It says of
 * each what became of it ({@link kindling.model.train.Step}, {@link kindling.model.train.Outcome}), gives what it carries from
 * one to the next ({@link kindling.model.train.TrainerState}), and what memory it will take before it takes any ({@link
 * kindling.model.train.MemoryPlan}). Where gradients of several replicas are averaged, a {@link kindling.model.train.Watch}
 * judges the step of all, and a {@link kindling.model.train.PartOptimiser} moves each {@link kindling.model.train.Part} of the
 * model.
 *
 * <p>Flow: each batch of a step goes forward through the layers of a {@code Network}, becomes a loss and its gradient in {@code
 * CrossEntropy}, and goes back; {@code Watch} judges the step by loss and norm; {@code Updates} clips and has each {@code Rule} move its own
 * parameters.
 *
 * <p>To add another optimiser, see {@link kindling.model.train.Optimiser}; to add another schedule, give {@link
 * kindling.model.train.Learner#step} its rates.
 */
package kindling.model.train;
