import Glibc

/// A thread of the system, to be joined.
struct Thread {
    private let handle: pthread_t

    /// Starts a thread, or gives `nil` when the system has none to give.
    init?(_ body: @escaping @Sendable () -> Void) {
        // The box is kept alive by hand from here until the thread takes it over.
        let box = unsafe Unmanaged.passRetained(Box(body))
        var handle = pthread_t()
        let code = unsafe pthread_create(
            &handle, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                // This is the box passed below, and nobody else takes it.
                unsafe Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, box.toOpaque())
        guard code == 0 else {
            unsafe box.release()
            return nil
        }
        self.handle = handle
    }

    /// Cuts short the system call that the thread waits in, if it waits in one.
    ///
    /// A thread that is only about to wait does not notice: call again until it has.
    func cutShort() {
        pthread_kill(handle, Interrupt.cutShortSignal)
    }

    /// Waits until the thread has ended; once for each thread.
    func join() {
        pthread_join(handle, nil)
    }
}

/// Carries a closure through a C pointer.
private final class Box: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}

/// A number that threads raise and that one waits for.
///
/// Follows sem_overview(7).
@safe final class Semaphore: @unchecked Sendable {
    /// On the heap, as a semaphore must not move; all calls on it may come from any thread.
    private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        unsafe semaphore = .allocate(capacity: 1)
        unsafe sem_init(semaphore, 0, 0)
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    func raise() {
        unsafe sem_post(semaphore)
    }

    /// Waits until it is raised, but not much longer than `milliseconds`, of which there are at most 999.
    ///
    /// - Returns: Whether it was raised; otherwise the time is over or a signal came.
    @discardableResult
    func waitShortly(milliseconds: Int = 100) -> Bool {
        var end = timespec()
        // Both calls use `end` only while they run.
        unsafe clock_gettime(CLOCK_REALTIME, &end)
        end.tv_nsec += milliseconds * 1_000_000
        if end.tv_nsec >= 1_000_000_000 {
            end.tv_sec += 1
            end.tv_nsec -= 1_000_000_000
        }
        return unsafe sem_timedwait(semaphore, &end) == 0
    }
}
