// Live tensors, random state and thread counts belong to the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
