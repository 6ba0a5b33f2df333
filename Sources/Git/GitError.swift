internal import Clibgit2

/// What libgit2 refused, in its own words.
public struct GitError: Error, Hashable, Sendable {
    /// The function that failed, such as `git_repository_open`.
    public let call: String
    /// The error number of git2/errors.h, negative, such as -3 for "not found".
    public let code: Int32
    /// The part of libgit2 that refused, such as 6 for repositories; 0 where it does not say.
    public let category: Int32
    /// Why, on one line or more; may quote file names and configuration as they are.
    public let message: String

    /// Whether the repository belongs to someone else and is not listed as safe.
    ///
    /// Without any `safe.directory`, libgit2 before 1.6 says that this setting was not found
    /// (libgit2 issue 6408).
    public var isForeignOwner: Bool {
        code == GIT_EOWNER.rawValue || message == "config value 'safe.directory' was not found"
    }
}

extension GitError: CustomStringConvertible {
    /// The message, or the function and the number where there is none.
    public var description: String {
        message.isEmpty ? "\(call) failed with \(code)" : message
    }
}

/// Turns a negative answer of libgit2 into an error.
///
/// The reason lies in memory of this thread until its next call into libgit2, so it is copied at once.
///
/// - Parameters:
///   - call: The function's name.
///   - answer: What it returned.
/// - Returns: The answer, never negative.
/// - Throws: ``GitError`` with the reason.
@discardableResult
func check(_ call: String, _ answer: Int32) throws(GitError) -> Int32 {
    guard answer < 0 else { return answer }
    guard let reason = git_error_last() else {
        throw GitError(call: call, code: answer, category: 0, message: "")
    }
    // Some calls fail without a reason: what is left here would pass for theirs.
    defer { git_error_clear() }
    throw GitError(
        call: call, code: answer, category: reason.pointee.klass,
        message: String(cString: reason.pointee.message))
}
