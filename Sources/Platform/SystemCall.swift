import Glibc

/// Makes a system call, again when a signal cut it short, and turns -1 into an error.
///
/// A call that was cut short because the person asked to stop is not repeated: it fails with `EINTR`.
///
/// - Parameters:
///   - name: The call, for the error.
///   - path: What the call is about, for the error.
///   - call: Makes the call and returns its answer; `errno` is read before anything else runs.
/// - Returns: What the call answered, never negative.
/// - Throws: ``SystemError`` with `errno`.
@discardableResult
func systemCall<Answer: SignedInteger>(
    _ name: String, _ path: Path?, _ call: () -> Answer
) throws(SystemError) -> Answer {
    while true {
        let answer = call()
        guard answer < 0 else { return answer }
        let code = errno
        guard code == EINTR, !Interrupt.isRequested else {
            throw SystemError(call: name, path: path, code: code)
        }
    }
}

/// Makes a system call that takes `path` as its name.
///
/// The call is handed the name as C wants it: closed by a zero that it has nowhere else. It stays put until
/// the call returns, so `unsafe open(name, …)` is always sound.
@safe
@discardableResult
func systemCall<Answer: SignedInteger>(
    _ name: String, at path: Path, _ call: (UnsafePointer<CChar>) -> Answer
) throws(SystemError) -> Answer {
    // The kernel would stop reading at the zero and open another file.
    guard !path.bytes.contains(0) else {
        throw SystemError(call: name, path: path, code: EINVAL)
    }
    return try systemCall(name, path) { unsafe path.withCName(call) }
}
