internal import Clibgit2
public import Platform

/// What git's rules, libgit2 or the system refused.
public struct GitError: Error, Hashable, Sendable {
    /// The function that failed, such as `git_repository_open`; empty where nbgit itself refuses.
    public let call: String
    /// The error number of git2/errors.h, negative, such as -3 for "not found"; 0 where nbgit itself refuses.
    public let code: Int32
    /// The part of libgit2 that refused, such as 6 for repositories; 0 where it does not say.
    public let category: Int32
    /// Why, on one line or more; may quote file names and configuration as they are.
    public let message: String
    /// The file or folder it is about.
    public let path: Path?
    /// What to do about it.
    public let hint: String?
    /// What the system refused, where it was the system.
    public let system: SystemError?
    /// How far things had come, where a server is the matter.
    public let network: NetworkProblem?

    init(call: String, code: Int32, category: Int32 = 0, message: String) {
        self.call = call
        self.code = code
        self.category = category
        let words = PlainWords.words(for: message)
        self.message = words?.message ?? message
        path = nil
        hint = words?.hint
        system = nil
        network = nil
    }

    /// Says what nbgit itself will not do.
    ///
    /// - Parameters:
    ///   - message: Lower case, on one line, without a period.
    ///   - path: The file or folder it is about.
    ///   - hint: What to do, as a line to type where there is one.
    ///   - code: A number of git2/errors.h that callers ask for.
    ///   - network: How far things had come, where a server is the matter.
    public init(
        _ message: String, path: Path? = nil, hint: String? = nil, code: Int32 = 0,
        network: NetworkProblem? = nil
    ) {
        call = ""
        self.code = code
        category = 0
        self.message = message
        self.path = path
        self.hint = hint
        system = nil
        self.network = network
    }

    /// Says what the system refused.
    public init(_ error: SystemError) {
        call = error.call
        code = 0
        category = 0
        message = error.reason
        path = error.path
        hint = nil
        system = error
        network = nil
    }

    /// Whether the repository belongs to someone else and is not listed as safe.
    public var isForeignOwner: Bool { code == GIT_EOWNER.rawValue }

    /// Whether a server did not learn who the person is, or did not like it.
    public var isNotAuthenticated: Bool { code == Self.authenticationCode }

    static let authenticationCode = GIT_EAUTH.rawValue

    /// Whether what was asked for is not there.
    var isNotFound: Bool { code == GIT_ENOTFOUND.rawValue }
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
        throw GitError(call: call, code: answer, message: "")
    }
    // Some calls fail without a reason: what is left here would pass for theirs.
    defer { git_error_clear() }
    throw GitError(
        call: call, code: answer, category: reason.pointee.klass,
        message: String(cString: reason.pointee.message))
}

/// Calls a function of libgit2 that makes an object, and gives the object, which the caller has to free.
///
/// - Parameters:
///   - call: The function's name.
///   - make: Calls it, with the place for the object.
/// - Returns: The object.
/// - Throws: ``GitError`` with the reason.
func made(
    _ call: String, _ make: (inout OpaquePointer?) -> Int32
) throws(GitError) -> OpaquePointer {
    var object: OpaquePointer?
    try check(call, make(&object))
    guard let object else { throw GitError(call: call, code: GIT_ERROR.rawValue, message: "") }
    return object
}

/// The answer of a function that says "not found" where there is nothing, which is nil here.
func optional<Value>(_ body: () throws(GitError) -> Value) throws(GitError) -> Value? {
    do throws(GitError) {
        return try body()
    } catch let error where error.isNotFound {
        return nil
    }
}

/// Lets a call of the system fail as git's calls do.
func system<Value>(_ body: () throws(SystemError) -> Value) throws(GitError) -> Value {
    do throws(SystemError) { return try body() } catch { throw GitError(error) }
}
