import Foundation
import Platform
import Support
import Synchronization
import Testing

@Suite struct ParallelTests {
    @Test(arguments: [1, 2, 7, 64])
    func `results come in order, each once, whatever the workers`(workers: Int) {
        let begun = Mutex<[Int]>([])
        var consumed: [String] = []
        let count = Parallel.forEach(count: 200, workers: workers) { index in
            begun.withLock { $0.append(index) }
            if index % 17 == 0 { usleep(500) }
            return "result \(index)"
        } consume: { index, result in
            #expect(result == "result \(index)")
            consumed.append(result)
        }
        #expect(count == 200)
        #expect(consumed == (0..<200).map { "result \($0)" })
        #expect(begun.withLock { $0.sorted() } == Array(0..<200))
    }

    @Test(arguments: [0, 1])
    func `nothing and one thing to do are done`(count: Int) {
        var consumed = 0
        #expect(
            Parallel.forEach(count: count, workers: 4) {
                $0
            } consume: { _, _ in
                consumed += 1
            }
                == count)
        #expect(consumed == count)
    }

    @Test func `two workers work at the same time`() {
        let (first, second) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        var met: [Bool] = []
        Parallel.forEach(count: 2, workers: 2) { index in
            // Each waits for the other: one after the other would never get through.
            (index == 0 ? first : second).signal()
            return (index == 0 ? second : first).wait(timeout: .now() + 10) == .success
        } consume: { _, hasMet in
            met.append(hasMet)
        }
        #expect(met == [true, true])
    }

    @Test func `a result is consumed while others are still worked on`() {
        let isConsumed = DispatchSemaphore(value: 0)
        var wasEarly = false
        Parallel.forEach(count: 2, workers: 2) { index in
            index == 0 || isConsumed.wait(timeout: .now() + 10) == .success
        } consume: { index, value in
            if index == 0 { isConsumed.signal() } else { wasEarly = value }
        }
        #expect(wasEarly)
    }

    @Test func `failures are results and stop nobody`() {
        struct Odd: Error {}
        var outcomes: [Bool] = []
        Parallel.forEach(count: 10, workers: 3) { index in
            Result<Int, Odd> { () throws(Odd) in
                guard index % 2 == 0 else { throw Odd() }
                return index
            }
        } consume: { _, result in
            outcomes.append((try? result.get()) != nil)
        }
        #expect(outcomes == (0..<10).map { $0 % 2 == 0 })
    }

    @Test(arguments: [1, 3])
    func `after an interrupt nothing new is begun`(workers: Int) async {
        await #expect(processExitsWith: .success) { [workers = workers as Int] in
            catchSignalsHere()
            Interrupt.install()
            let begun = Atomic<Int>(0)
            var consumed = 0
            let count = Parallel.forEach(count: 1_000, workers: workers) { index in
                begun.wrappingAdd(1, ordering: .relaxed)
                if index == 20 { raise(SIGTERM) }
                return index
            } consume: { index, _ in
                if index != consumed { exit(2) }
                consumed += 1
                usleep(200)
            }
            let isRight = count == consumed && count >= 21 && begun.load(ordering: .relaxed) < 1_000
            exit(isRight ? 0 : 1)
        }
    }

    @Test func `an interrupt ends the wait of every worker`() async throws {
        let scratch = try TemporaryDirectory()
        #expect(mkfifo(scratch.path("pipe"), 0o600) == 0)
        await #expect(processExitsWith: .exitCode(130)) { [path = scratch.path as String] in
            catchSignalsHere()
            Interrupt.install()
            // Where the wait goes on regardless, the test fails and does not hang.
            alarm(20)
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.2) { kill(getpid(), SIGINT) }
            var interrupted = 0
            Parallel.forEach(count: 3, workers: 3) { _ in
                Result { () throws(SystemError) in try File.read(Path("\(path)/pipe")) }
            } consume: { _, result in
                if case .failure(let error) = result, error.isInterruption { interrupted += 1 }
            }
            exit(interrupted == 3 ? 130 : 1)
        }
    }
}
