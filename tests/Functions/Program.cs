// The tests start this app's functions in a local host of their own; by itself it does nothing.
throw new InvalidOperationException("This app runs inside the tests.");
