namespace DeepVision.Threading;

/// <summary>Work that several threads do together: each calls <see cref="Work"/> once and takes what is left to do.</summary>
internal interface IParallelProgram
{
    /// <summary>
    /// Takes part until nothing is left. It never throws: errors are kept for the caller of the run. The program must
    /// finish also if only the calling thread ever gets here.
    /// </summary>
    /// <param name="worker">0 for the calling thread, then 1, 2 ... for each helper.</param>
    void Work(int worker);
}
