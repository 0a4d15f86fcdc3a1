// Runs tests inside of one program, without a test host, so that an emulator of another processor can run them.
// Arguments: beginnings of the full names of the test classes to run, and with a minus in front of those to leave out.
// Or: --child and the arguments of tests/DeepVision.ChildProcess, which then runs here.
// The last line is "N passed, N failed, N skipped"; the exit code is 1 where a test failed or none ran.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Xunit.Runners;

if (args is ["--child", .. string[] rest])
{
    MethodInfo main = Assembly.Load("DeepVision.ChildProcess").EntryPoint!;
    return (int)main.Invoke(null, [rest])!;
}

string[] left = [.. args.Where(name => name.StartsWith('-')).Select(name => name[1..])];
string[] wanted = [.. args.Where(name => !name.StartsWith('-'))];
using var ended = new ManualResetEventSlim();
var times = new ConcurrentBag<(decimal Seconds, string Name)>();
long start = Stopwatch.GetTimestamp();
int failed = 1;
int total = 0;

using AssemblyRunner runner = AssemblyRunner.WithoutAppDomain(Path.Combine(AppContext.BaseDirectory, "DeepVision.Tests.dll"));
runner.TestCaseFilter = test =>
    wanted.Any(test.TestMethod.TestClass.Class.Name.StartsWith) && !left.Any(test.TestMethod.TestClass.Class.Name.StartsWith);
runner.OnErrorMessage = error => Console.WriteLine($"ERROR {error.ExceptionType}: {error.ExceptionMessage}\n{error.ExceptionStackTrace}");
runner.OnTestFailed = test => Console.WriteLine($"FAILED {test.TestDisplayName}: {test.ExceptionMessage}\n{test.ExceptionStackTrace}");
runner.OnTestSkipped = test => Console.WriteLine($"skipped {test.TestDisplayName}: {test.SkipReason}");
runner.OnTestFinished = test => times.Add((test.ExecutionTime, test.TestDisplayName));
runner.OnExecutionComplete = all =>
{
    total = all.TotalTests;
    failed = all.TestsFailed;
    foreach ((decimal seconds, string name) in times.OrderByDescending(time => time.Seconds).Take(10))
    {
        Console.WriteLine($"{seconds,8:F1} s {name}");
    }

    Console.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
    Console.WriteLine($"{all.TotalTests - all.TestsFailed - all.TestsSkipped} passed, {all.TestsFailed} failed, {all.TestsSkipped} skipped");
    ended.Set();
};
runner.Start();
ended.Wait();

// The runner may not be disposed before it is idle.
while (runner.Status != AssemblyRunnerStatus.Idle)
{
    Thread.Sleep(10);
}

return failed == 0 && total > 0 ? 0 : 1;
