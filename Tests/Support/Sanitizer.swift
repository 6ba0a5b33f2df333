import Foundation

/// The address or the thread sanitizer, under which a program needs far more memory and keeps copies of its own.
public enum Sanitizer {
    /// Whether the tests run under one, which `Scripts/sanitize` says.
    public static let isActive = ProcessInfo.processInfo.environment["LSAN_OPTIONS"] != nil
}
