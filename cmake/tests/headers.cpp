// Nothing: it is here so that its target has the precompiled header that the tests share.
int main() {}
