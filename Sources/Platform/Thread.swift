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

    func wait() {
        // Fails only when a signal came.
        while unsafe sem_wait(semaphore) != 0 {}
    }
}
