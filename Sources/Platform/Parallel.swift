import Glibc
import Synchronization

/// Doing many independent things at once, on threads.
///
///     workers   take 0  take 1  take 2 …      each the next index, as soon as it is free
///                  │       └─ slot 1 ─┐
///                  └───────── slot 0 ─┤
///     caller                          └─ consume 0, consume 1, …   in order, one at a time
///
/// Threads and not tasks: Swift's concurrency adds 4 ms to the start of a static program. The caller
/// only consumes, so that a slow consumer stops no worker.
public enum Parallel {
    /// Works on `0..<count` and hands the results over in that order, each as soon as it can be.
    ///
    /// With one worker or one thing to do, no thread is started. After an ``Interrupt`` nothing new is
    /// begun; what was begun is finished and, as far as it is unbroken from 0, handed over. A worker that
    /// waits for a pipe or a terminal is cut short: its system call fails as ``SystemError/isInterruption``.
    ///
    /// - Parameters:
    ///   - count: How many things there are.
    ///   - workers: How many may be worked on at once, at least 1; asked only if there are several.
    ///     See ``Processors/usableCount``.
    ///   - work: Does one thing, on any thread. A failure is a result: make `Result` hold it.
    ///   - consume: Takes the index and the result, on the caller's thread.
    /// - Returns: How many results were handed over; `count` unless interrupted.
    @discardableResult
    public static func forEach<Value: Sendable>(
        count: Int, workers: @autoclosure () -> Int,
        work: @escaping @Sendable (_ index: Int) -> Value,
        consume: (_ index: Int, _ result: Value) -> Void
    ) -> Int {
        let workerCount = count > 1 ? min(workers(), count) : 1
        guard workerCount > 1 else {
            return forEachInTurn(count: count, work: work, consume: consume)
        }
        let bench = Workbench<Value>(count: count, workerCount: workerCount, work: work)
        let threads = (0..<workerCount).compactMap { _ in Thread { bench.work() } }
        // A system that gives no thread at all still gets its work done.
        guard !threads.isEmpty else {
            return forEachInTurn(count: count, work: work, consume: consume)
        }
        for _ in threads.count..<workerCount { bench.leave() }
        let consumed = bench.consume(consume) {
            // Again and again, for a worker that was not waiting yet.
            if Interrupt.isRequested { for thread in threads { thread.cutShort() } }
        }
        for thread in threads { thread.join() }
        return consumed
    }

    private static func forEachInTurn<Value>(
        count: Int, work: (Int) -> Value, consume: (Int, Value) -> Void
    ) -> Int {
        for index in 0..<count {
            guard !Interrupt.isRequested else { return index }
            consume(index, work(index))
        }
        return count
    }
}

/// What the workers and the consumer share.
private final class Workbench<Value: Sendable>: Sendable {
    private struct Shelf {
        /// The results that are not consumed yet, each at its index.
        var slots: [Value?]
        /// The index whose result the consumer sleeps for; nil while it does not.
        var awaited: Int?
    }

    private let count: Int
    private let make: @Sendable (Int) -> Value
    private let next = Atomic<Int>(0)
    private let workersLeft: Atomic<Int>
    private let shelf: Mutex<Shelf>
    /// Raised after a result that is slept for, and after every worker that left.
    private let events = Semaphore()

    init(count: Int, workerCount: Int, work: @escaping @Sendable (Int) -> Value) {
        self.count = count
        make = work
        workersLeft = Atomic(workerCount)
        shelf = Mutex(Shelf(slots: Array(repeating: nil, count: count)))
    }

    /// What one worker does: takes the next index until there is none.
    func work() {
        while !Interrupt.isRequested {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { break }
            let value = make(index)
            let isAwaited = shelf.withLock { shelf in
                shelf.slots[index] = value
                guard shelf.awaited == index else { return false }
                shelf.awaited = nil
                return true
            }
            if isAwaited { events.raise() }
        }
        leave()
    }

    /// Tells that one worker less will give results.
    func leave() {
        workersLeft.wrappingSubtract(1, ordering: .releasing)
        events.raise()
    }

    /// Consumes in order what is there, until all is or no worker is left.
    ///
    /// Calls `wake` several times a second. A signal may come to any thread, and just before it waits, so
    /// nobody relies on being woken by one.
    func consume(_ body: (Int, Value) -> Void, wake: () -> Void) -> Int {
        var consumed = 0
        while true {
            // Asked before looking: what a worker leaves behind is there once it has left.
            let isLastLook = workersLeft.load(ordering: .acquiring) == 0
            let results = take(from: consumed)
            for result in results {
                body(consumed, result)
                consumed += 1
            }
            guard !isLastLook, consumed < count else { return consumed }
            // Where results come thick and fast, nobody is woken for each: they gather for a moment.
            events.waitShortly(milliseconds: results.isEmpty ? 100 : 1)
            wake()
        }
    }

    /// The results from `index` on, as far as they are unbroken; if there is none, it is slept for.
    private func take(from index: Int) -> [Value] {
        shelf.withLock { shelf in
            var results: [Value] = []
            while index + results.count < count, let result = shelf.slots[index + results.count] {
                shelf.slots[index + results.count] = nil
                results.append(result)
            }
            shelf.awaited = results.isEmpty ? index : nil
            return results
        }
    }
}
